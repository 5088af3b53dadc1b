// Which screens play what, by their own choice or by the rules. Another channel on a screen outdoors is wanted by two people, and shows only what two have approved.
import { z } from 'zod';
import type { Basis } from '../../core/approval-api.ts';
import { channelFor, type ChannelRule } from '../../core/channel-rules.ts';
import { slugSchema } from '../../core/primitives.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { findingsOn } from '../playlists/item-findings.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { needsTwo } from '../publishing/outdoors.ts';
import { issueAssignment } from '../screens/issue-assignments.ts';
import { requireApprovedChannel } from '../screens/approved-channel.ts';
import { findScreen, listScreens, setScreenChannel, type Screen } from '../screens/screen-store.ts';
import { askSecond } from '../settings/ask-second.ts';
import { unitPath } from '../units/unit-path.ts';
import { channelKinds, readRules } from './channel-rules-store.ts';
import { findChannel } from './channel-store.ts';

type Issuing = Pick<ServerContext, 'keys' | 'now' | 'audit'>;
/** What two people agree on for one screen. */
export const screenChannelSchema = z.object({ channel: slugSchema, byRules: z.boolean() });
type ScreenChannel = z.infer<typeof screenChannelSchema>;

/** What decides about the channel of a screen, of one that is still to be made too. */
export type RuledScreen = Pick<Screen, 'id' | 'unit' | 'tags' | 'channel' | 'chosenChannel' | 'profile'>;

/** What each of these screens would play by these rules. */
export async function channelsByRules(db: Queries, screens: readonly RuledScreen[], rules: readonly ChannelRule[]): Promise<ReadonlyMap<string, string>> {
  const kinds = await channelKinds(db);
  const paths = new Map<string | null, string[]>();
  const channels = new Map<string, string>();
  for (const { id, unit, tags, channel, chosenChannel: chosen, profile } of screens) {
    const units = paths.get(unit) ?? (await unitPath(db, unit));
    paths.set(unit, units);
    channels.set(
      id,
      channelFor({ chosen, channel, tags, units, kind: profile.kind }, rules, (named) => kinds.get(named)),
    );
  }
  return channels;
}

/** What of a playlist is published has to be readable on these screens. @throws ApiFailure */
export async function requireLegible(db: Queries, playlist: string, screens: readonly Pick<Screen, 'name' | 'number' | 'profile'>[]): Promise<void> {
  const revision = (await findPlaylist(db, playlist))?.published_revision ?? null;
  if (revision === null) return;
  const stopping = (await findingsOn(db, playlist, revision, screens)).filter(({ severity }) => severity === 'error');
  if (stopping.length > 0) throw new ApiFailure('not-legible', stopping);
}

/** A screen shows at once what its channel plays: it has to be readable there, and outdoors approved by two. @throws ApiFailure */
export async function requireShowable(db: Queries, { name, number, profile }: Screen, channel: string): Promise<void> {
  const found = await findChannel(db, channel);
  if (!found) throw new ApiFailure('channel-unknown');
  await requireApprovedChannel(db, channel, profile);
  for (const { playlist } of found.layers) await requireLegible(db, playlist, [{ name, number, profile }]);
}

/** Gives a screen another channel and tells its box. Runs inside a transaction. @throws ApiFailure */
export async function putChannel({ keys, now, audit }: Issuing, db: Queries, screen: Screen, { channel, byRules }: ScreenChannel, who: string): Promise<void> {
  if (channel !== screen.channel) await requireShowable(db, screen, channel);
  const moved = await setScreenChannel(db, screen.id, channel, byRules ? null : channel);
  if (channel !== screen.channel) await issueAssignment(db, moved, { keys, at: now() });
  const before = { channel: screen.channel, byRules: screen.chosenChannel === null };
  await audit({ who, what: 'screen.channel', subject: screen.id, before, after: { channel, byRules } }, db);
}

/**
 * Gives a screen the channel that is chosen for it, or by the rules. Runs inside a transaction.
 * @param chosen null lets the rules decide
 * @returns whether it waits for a second person
 * @throws ApiFailure
 */
export async function moveScreen(
  context: Issuing,
  db: Queries,
  caller: Caller,
  screen: Screen,
  chosen: string | null,
  basis?: Basis,
): Promise<'same' | 'moved' | 'waiting'> {
  const { rules } = await readRules(db);
  const channel = (await channelsByRules(db, [{ ...screen, chosenChannel: chosen }], rules)).get(screen.id) ?? screen.channel;
  const [before, after]: ScreenChannel[] = [
    { channel: screen.channel, byRules: screen.chosenChannel === null },
    { channel, byRules: chosen === null },
  ];
  if (JSON.stringify(before) === JSON.stringify(after)) return 'same';
  // A screen out of service comes back with the channel that it has then.
  if (channel === screen.channel || !(await needsTwo(db, { ...screen, state: 'active' }))) {
    await putChannel(context, db, screen, { channel, byRules: chosen === null }, caller.name);
    return channel === screen.channel ? 'same' : 'moved';
  }
  await requireShowable(db, screen, channel);
  const texts = { before: JSON.stringify(before), after: JSON.stringify(after) };
  const change = await askSecond(db, caller, { kind: 'channel', subject: screen.id, ...texts, loosens: false, basis }, context.now());
  await context.audit({ who: caller.name, what: 'screen.channel.ask', subject: screen.id, before, after: { change, ...after, basis } }, db);
  return 'waiting';
}

/** After another unit, tag or kind the rules may mean another channel. Runs inside a transaction. @returns whether it waits for a second person */
export async function followRules(context: Issuing, db: Queries, caller: Caller, id: string): Promise<boolean> {
  const screen = await findScreen(db, id);
  return screen?.chosenChannel === null && (await moveScreen(context, db, caller, screen, null)) === 'waiting';
}

/** Brings every screen to what these rules say. Runs inside a transaction. @returns how many play something else now @throws ApiFailure */
export async function moveByRules(context: Issuing, db: Queries, rules: readonly ChannelRule[], who: string): Promise<number> {
  const screens = await listScreens(db);
  const channels = await channelsByRules(db, screens, rules);
  let moved = 0;
  for (const screen of screens) {
    const channel = channels.get(screen.id) ?? screen.channel;
    if (channel === screen.channel) continue;
    await putChannel(context, db, screen, { channel, byRules: true }, who);
    moved += 1;
  }
  return moved;
}
