// A publish to a few screens first: started by whoever could publish, then gone on with or stopped by a person, or by itself from how the screens bear it.
import type { z } from 'zod';
import { canaryScreenState, canaryVerdict, type CanaryFault, type CanaryScreenState, type CanaryView, type newCanarySchema } from '../../core/canary.ts';
import { inPlaceOf, isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { channelsOfPlaylist } from '../channels/channel-store.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { approvalsNeeded } from '../manifests/approvals-needed.ts';
import { issueCanary, republish } from '../manifests/publish.ts';
import { callerFor } from '../people/caller.ts';
import { findPerson } from '../people/person-store.ts';
import type { LivePlayers } from '../players/players.ts';
import { isOwnPlaylist, requireOwnPlaylist } from '../playlists/own-playlist.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { screensOfChannels } from '../screens/screen-store.ts';
import { addCanary, latestCanary, runningCanaries, settleCanary, type StoredCanary } from './canary-store.ts';
import { publishingDesk } from './publishing-desk.ts';
import { whyOf, type Why } from './why.ts';

export interface CanaryDesk {
  start(caller: Caller, playlist: string, wish: z.output<typeof newCanarySchema>): Promise<void>;
  /** Gives all screens what the few have; everything is looked at again. */
  goOn(caller: Caller, playlist: string): Promise<void>;
  /** Takes it back from the few; the others never had it. */
  stop(caller: Caller, playlist: string): Promise<void>;
  /** The latest one of a playlist. */
  view(caller: Caller, playlist: string): Promise<CanaryView | null>;
  /** Looks at those that decide by themselves. */
  watch(): Promise<void>;
}

const faultWords: Readonly<Record<CanaryFault, (name: string) => Why[number]>> = {
  late: (name) => ({ vi: `Màn hình “${name}” chưa chiếu nội dung mới sau 5 phút.`, en: `“${name}” does not show the new content after 5 minutes.` }),
  refused: (name) => ({ vi: `Màn hình “${name}” không nhận nội dung mới.`, en: `“${name}” refused the new content.` }),
  broken: (name) => ({ vi: `Màn hình “${name}” có mục không chiếu được.`, en: `An item cannot be shown on “${name}”.` }),
  unseen: (name) => ({ vi: `Màn hình “${name}” không thấy hình.`, en: `“${name}” has no picture.` }),
};

interface Watched {
  readonly id: string;
  readonly name: string;
  readonly state: CanaryScreenState;
  readonly since: number | undefined;
}

export function canaryDesk(context: ServerContext, players: LivePlayers): CanaryDesk {
  const { db, keys, now, log, audit, players: notify, console: tellConsoles } = context;
  const desk = publishingDesk(context);
  /** Since when each screen of a running canary shows it without a fault, and when it was last seen to. Begins anew with the server. */
  const seen = new Map<string, { since: number | undefined; lastAt: number | undefined }>();

  const look = async (queries: Queries, canary: StoredCanary): Promise<Watched[]> => {
    const screens = (await screensOfChannels(queries, canary.channels)).filter(({ id }) => canary.screens.includes(id));
    return screens.map(({ id, name, canary: manifest }): Watched => {
      const key = `${canary.id}/${id}`;
      const before = seen.get(key) ?? { since: undefined, lastAt: undefined };
      const report = players.live(id)?.health?.report;
      const state = canaryScreenState({ manifest: manifest ?? '', startedAt: canary.startedAt, report, lastShownAt: before.lastAt }, now());
      const shows = state.kind === 'shows';
      const after = { since: shows ? (before.since ?? now()) : undefined, lastAt: shows ? now() : before.lastAt };
      seen.set(key, after);
      return { id, name, state, since: after.since };
    });
  };
  const forget = ({ id, screens }: StoredCanary) => screens.forEach((screen) => seen.delete(`${id}/${screen}`));
  const tell = (channels: readonly string[]) => {
    notify.stateChanged(channels);
    tellConsoles('playlists');
    tellConsoles('screens');
  };
  const running = async (queries: Queries, playlist: string): Promise<StoredCanary> => {
    const canary = await latestCanary(queries, playlist);
    if (canary?.state !== 'running') throw new ApiFailure('canary-settled');
    return canary;
  };

  const takeBack = async (canary: StoredCanary, by: string, why: Why): Promise<void> => {
    await transact(db, async (trx) => {
      if (!(await settleCanary(trx, canary.id, { state: 'stopped', by, at: now(), why }))) throw new ApiFailure('canary-settled');
      const channels = (await channelsOfPlaylist(trx, canary.playlist)).filter(({ id }) => canary.channels.includes(id));
      await republish(trx, channels, { keys, by, at: now() });
      await audit({ who: by, what: 'canary.stop', subject: canary.playlist, after: { canary: canary.id, revision: canary.revision, why } }, trx);
    });
    forget(canary);
    tell(canary.channels);
  };

  const giveAll = async (canary: StoredCanary, caller: Caller): Promise<void> => {
    await desk.publish(caller, canary.playlist, canary.revision, undefined, canary.id);
    forget(canary);
  };

  const decide = async (canary: StoredCanary): Promise<void> => {
    const screens = await look(db, canary);
    const verdict = canaryVerdict(screens, canary.minutes, now());
    if (!canary.auto || verdict === 'watching') return;
    const faults = screens.flatMap(({ name, state }) => (state.kind === 'faulty' ? [faultWords[state.fault](name)] : []));
    if (verdict === 'faulty') {
      await takeBack(canary, canary.author, faults);
      return;
    }
    try {
      const person = await findPerson(db, canary.person);
      const caller = person?.closedAt === null ? inPlaceOf(await callerFor(db, person, now())) : undefined;
      if (!caller || !isAtLeast(caller.role, 'approver')) throw new ApiFailure('scheduler-gone');
      await giveAll(canary, caller);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      await takeBack(canary, canary.author, whyOf(error));
    }
  };

  return {
    async start(caller, id, { revision, screens: chosen, minutes, auto }) {
      const channels = await transact(db, async (trx) => {
        await desk.requirePublishable(trx, caller, id, revision, now());
        if ((await latestCanary(trx, id))?.state === 'running') throw new ApiFailure('canary-running');
        const all = await channelsOfPlaylist(trx, id);
        const screens = (
          await screensOfChannels(
            trx,
            all.map((channel) => channel.id),
          )
        ).filter((screen) => chosen.includes(screen.id) && screen.state === 'active');
        if (screens.length < new Set(chosen).size) throw new ApiFailure('canary-screens');
        const ofScreens = new Set(screens.map(({ channel }) => channel));
        const ids = [...ofScreens];
        for (const channel of ids) if ((await approvalsNeeded(trx, keys.root.document, channel)) > 0) throw new ApiFailure('canary-signatures');
        if ((await runningCanaries(trx)).some((other) => other.channels.some((channel) => ofScreens.has(channel)))) throw new ApiFailure('canary-running');
        const issued = await issueCanary(
          trx,
          id,
          revision,
          all.filter((channel) => ofScreens.has(channel.id)),
          screens,
          { keys, by: caller.name, at: now() },
        );
        const facts = { playlist: id, revision, channels: ids, screens: screens.map((screen) => screen.id), minutes, auto };
        const canary = await addCanary(trx, { ...facts, person: caller.id, author: caller.name, startedAt: now() });
        await audit({ who: caller.name, what: 'canary.start', subject: id, after: { canary, ...facts, issued } }, trx);
        return ids;
      });
      tell(channels);
    },

    async goOn(caller, id) {
      await requireOwnPlaylist(db, caller, id);
      await giveAll(await running(db, id), caller);
    },

    async stop(caller, id) {
      await requireOwnPlaylist(db, caller, id);
      await takeBack(await running(db, id), caller.name, []);
    },

    async view(caller, playlist) {
      if (!(await findPlaylist(db, playlist))) throw new ApiFailure('not-found');
      const canary = await latestCanary(db, playlist);
      if (!canary) return null;
      const { id, revision, minutes, auto, author, startedAt, state, settled, why } = canary;
      const isRunning = state === 'running';
      const watched = isRunning ? await look(db, canary) : [];
      const isOwn = isRunning && (await isOwnPlaylist(db, caller, playlist));
      const screens = (await screensOfChannels(db, canary.channels)).filter((screen) => canary.screens.includes(screen.id));
      return {
        ...{ id, playlist, revision, minutes, auto, by: author, startedAt, state, settled, why: [...why] },
        verdict: isRunning ? canaryVerdict(watched, minutes, now()) : null,
        screens: screens.map((screen) => {
          const found = watched.find((each) => each.id === screen.id);
          const fault = found?.state.kind === 'faulty' ? found.state.fault : null;
          return { id: screen.id, name: screen.name, state: found?.state.kind ?? null, since: found?.since ?? null, fault };
        }),
        may: { settle: isOwn && isAtLeast(caller.role, 'approver'), stop: isOwn && isAtLeast(caller.role, 'editor') },
      };
    },

    async watch() {
      for (const canary of await runningCanaries(db)) {
        try {
          await decide(canary);
        } catch (error) {
          log.error({ err: error, playlist: canary.playlist }, 'a publish to a few screens could not be settled');
        }
      }
    },
  };
}
