// The programme of one screen around an instant: what was or will be in force, its turns, what the screen recorded, and why each item is on or not.
import { blockOf, type Place } from '../../core/item-trouble.ts';
import type { ProgrammeTurn, ProgrammeView, ShownTurn, Stretch } from '../../core/programme-api.ts';
import { turnsBetween } from '../../core/programme.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { ProgrammeOfManifest, Programmes } from '../manifests/programmes.ts';
import type { LivePlayers } from '../players/players.ts';
import { findPlaylist, readRevision } from '../playlists/playlist-store.ts';
import { usualZone } from '../plays/air-time-store.ts';
import { turnsRecorded, type RecordedTurn } from '../plays/play-store.ts';
import { snapshotAt } from '../scoreboard/snapshot-store.ts';
import { factsInForce } from '../screens/screen-history-store.ts';
import type { Screen } from '../screens/screen-store.ts';
import { constantsOf, type Constant } from './stretches.ts';
import { standingsOf, type Moment } from './standings.ts';

export interface Asked {
  readonly at: number;
  readonly from: number;
  readonly until: number;
}

/** What a screen says of itself is of now; of an instant further off it says nothing. */
const freshMs = 90_000;
const longestTurnMs = 3_600_000;

export function programmeViews(db: Queries, programmeOf: Programmes, players: LivePlayers, now: () => number) {
  const placeOf = async ({ facts, start }: Constant, programme: ProgrammeOfManifest, at = start): Promise<Place> => {
    const { campaign } = programme.manifest;
    const found = await snapshotAt(db, campaign.id, campaign.tree, facts.trial ? 'trial' : 'real', Math.min(at, now()));
    return { profile: facts.profile, trial: facts.trial, campaign, snapshot: found?.snapshot };
  };

  /** Names of items by manifest, for what was recorded. */
  const nameOf = async (manifest: string, item: string): Promise<string> =>
    (manifest === 'factory' ? undefined : (await programmeOf(manifest))?.items.get(item)?.name) ?? item;

  const shownOf = async ({ open, close }: RecordedTurn): Promise<ShownTurn> => ({
    name: await nameOf(open.manifest, open.substitute?.item ?? open.item),
    startedAt: open.at,
    endedAt: close?.at ?? null,
    outcome: close?.outcome ?? null,
    reason: open.substitute?.reason ?? close?.reason ?? null,
  });

  const turnsOf = async (constant: Constant, recorded: readonly RecordedTurn[]): Promise<ProgrammeTurn[]> => {
    const { start, end, manifest, facts, cover } = constant;
    const programme = manifest && (await programmeOf(manifest.sha256));
    if (!manifest || !programme || facts.state === 'revoked' || cover) return [];
    const place = await placeOf(constant, programme);
    const turns: ProgrammeTurn[] = [];
    for (const turn of turnsBetween(programme.compiled, start, end)) {
      const item = turn.item === undefined ? undefined : programme.items.get(turn.item);
      const own = recorded.filter(({ open }) => open.manifest === manifest.sha256 && open.plannedStart === turn.start);
      const trouble = item ? (blockOf(item, place, turn.start) ?? null) : null;
      turns.push({ start: turn.start, end: turn.end, item: item?.id ?? null, name: item?.name ?? null, trouble, shown: await Promise.all(own.map(shownOf)) });
    }
    return turns;
  };

  const standings = async (screen: Screen, constant: Constant, at: number) => {
    const { manifest, facts, cover } = constant;
    const programme = manifest && (await programmeOf(manifest.sha256));
    const isPast = at < now() - freshMs;
    const lists: Moment['lists'][number][] = [];
    for (const { playlist } of programme?.manifest.layers ?? []) {
      const revision = manifest?.layers.find((layer) => layer.playlist === playlist.id)?.revision ?? manifest?.revision;
      const latest = isPast ? undefined : (await findPlaylist(db, playlist.id))?.revision;
      lists.push({
        published: revision === undefined ? undefined : await readRevision(db, playlist.id, revision),
        latest: latest === undefined ? undefined : await readRevision(db, playlist.id, latest),
      });
    }
    const isNow = Math.abs(at - now()) < freshMs;
    const report = isNow ? players.live(screen.id)?.health?.report : undefined;
    return standingsOf({
      ...{ at, cover, programme, isOutOfService: facts.state === 'revoked' },
      place: programme && (await placeOf(constant, programme, at)),
      quarantined: new Map(report?.quarantined.map(({ item, reason }) => [item, reason])),
      lists,
    });
  };

  return async (screen: Screen, { at, from, until }: Asked): Promise<ProgrammeView> => {
    const zone = (await currentCampaign(db))?.zone ?? usualZone;
    const constants = await constantsOf(db, screen.id, from, until, zone);
    // The turn that is on at the beginning began before it.
    const recorded = await turnsRecorded(db, screen.id, from - longestTurnMs, until);
    const stretches: Stretch[] = [];
    for (const constant of constants) {
      const { start, end, facts, manifest, cover } = constant;
      const named = manifest && { sha256: manifest.sha256, version: manifest.version, issuedAt: manifest.issuedAt, author: manifest.author };
      const turns = await turnsOf(constant, recorded);
      stretches.push({ start, end, channel: facts.channel, state: facts.state, cover, manifest: named ?? null, turns });
    }
    const planned = new Set(stretches.flatMap(({ manifest, turns }) => turns.map(({ start }) => `${manifest?.sha256}/${start}`)));
    const others = recorded.filter(({ open }) => open.at >= from && !planned.has(`${open.manifest}/${open.plannedStart}`));
    const around = constants.find(({ start, end }) => start <= at && at < end);
    return {
      ...{ screen: screen.id, at, zone, from, until, stretches },
      knownSince: (await factsInForce(db, screen.id, 0, Number.MAX_SAFE_INTEGER))[0]?.since ?? null,
      others: await Promise.all(others.map(shownOf)),
      items: around ? await standings(screen, around, at) : [],
    };
  };
}
