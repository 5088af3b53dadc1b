// Screens: what each is and what is known of it. Numbers are allocated once and never used again.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { healthReportSchema, type HealthReport } from '../../core/health.ts';
import { capabilitiesSchema, type Capabilities } from '../../core/protocol.ts';
import { profileSchema, type Profile } from '../../core/profile.ts';
import { windowSchema, type Window } from '../../core/schedule.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import { readingOnce } from '../database/reading-once.ts';
import type { Row } from '../database/schema.ts';
import { keptPinSchema, type KeptPin } from './pin.ts';

export interface Screen {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly place: string;
  readonly unit: string | null;
  readonly channel: string;
  /** What was chosen for this screen itself; null where the rules decide. */
  readonly chosenChannel: string | null;
  readonly profile: Profile;
  readonly hours: readonly Window[];
  readonly trial: boolean;
  readonly state: 'active' | 'revoked';
  readonly publicKey: string | null;
  readonly version: number;
  readonly assignment: string | null;
  readonly lastSeenAt: number | null;
  /** What it reported last, JSON text: every screen's is another, and few who list screens read it. */
  readonly lastReport: string | null;
  readonly plays: number;
  /** Whom to call about it. */
  readonly contact: string;
  /** The organisation that runs it; empty where nobody has said. */
  readonly operator: string;
  /** Words by which staff find it. */
  readonly tags: readonly string[];
  /** Grows with what staff change. */
  readonly revision: number;
  /** What its player said of itself when it connected last. */
  readonly capabilities: Capabilities | null;
  /** The manifest that was issued for it first; null where it plays what its channel does. */
  readonly canary: string | null;
  /** Of the technician in front of it. */
  readonly pin: KeptPin | null;
}

const readProfile = readingOnce(profileSchema);
const readHours = readingOnce(z.array(windowSchema));
const readTags = readingOnce(z.array(z.string()));
const readCapabilities = readingOnce(capabilitiesSchema.nullable().catch(null));

const readFacts = ({ profile, hours, capabilities }: Pick<Row<'screens'>, 'profile' | 'hours' | 'capabilities'>) => ({
  profile: readProfile(profile),
  hours: readHours(hours),
  capabilities: capabilities === null ? null : readCapabilities(capabilities),
});

function toScreen(row: Row<'screens'>): Screen {
  const { id, number, name, place, unit, channel, state, version, assignment, plays, contact, operator, revision, canary } = row;
  return {
    id,
    number,
    name,
    place,
    unit,
    channel,
    state,
    version,
    assignment,
    plays,
    contact,
    operator,
    revision,
    canary,
    chosenChannel: row.chosen_channel,
    tags: readTags(row.tags),
    ...readFacts(row),
    trial: row.trial === 1,
    publicKey: row.public_key,
    lastSeenAt: row.last_seen_at,
    lastReport: row.health,
    pin: row.pin === null ? null : keptPinSchema.parse(JSON.parse(row.pin)),
  };
}

/** null where it has never reported, or as no version does any more. */
export function reportOf({ lastReport }: Pick<Screen, 'lastReport'>): HealthReport | null {
  return lastReport === null ? null : (healthReportSchema.safeParse(JSON.parse(lastReport)).data ?? null);
}

export async function listScreens(db: Queries): Promise<Screen[]> {
  return (await db.selectFrom('screens').selectAll().orderBy('number').execute()).map(toScreen);
}

export async function screensOfChannels(db: Queries, channels: readonly string[]): Promise<Screen[]> {
  if (channels.length === 0) return [];
  return (await db.selectFrom('screens').selectAll().where('channel', 'in', channels).orderBy('number').execute()).map(toScreen);
}

/** What of a screen decides about what may be published to it. */
export type ReachedScreen = Pick<Screen, 'id' | 'number' | 'name' | 'channel' | 'state' | 'trial' | 'profile' | 'hours' | 'capabilities'>;

/** The screens of channels, numbers rising. Little is read of each, for a publish looks at thousands. */
export async function reachedScreens(db: Queries, channels: readonly string[]): Promise<ReachedScreen[]> {
  if (channels.length === 0) return [];
  const rows = await db
    .selectFrom('screens')
    .select(['id', 'number', 'name', 'channel', 'state', 'trial', 'profile', 'hours', 'capabilities'])
    .where('channel', 'in', channels)
    .orderBy('number')
    .execute();
  return rows.map(({ trial, profile, hours, capabilities, ...row }) => ({ ...row, trial: trial === 1, ...readFacts({ profile, hours, capabilities }) }));
}

/** What of a screen its state notice depends on. */
export type NoticedScreen = Pick<Screen, 'id' | 'channel' | 'canary' | 'trial' | 'unit' | 'assignment' | 'profile' | 'operator'>;

/** Little is read of each, for thousands are told at once. @param channels all where there are none */
export async function noticedScreens(db: Queries, channels?: readonly string[]): Promise<NoticedScreen[]> {
  const all = db.selectFrom('screens').select(['id', 'channel', 'canary', 'trial', 'unit', 'assignment', 'profile', 'operator']).orderBy('number');
  const rows = await (channels ? all.where('channel', 'in', channels) : all).execute();
  return rows.map(({ trial, profile, ...row }) => ({ ...row, trial: trial === 1, profile: readProfile(profile) }));
}

export async function findScreen(db: Queries, id: string): Promise<Screen | undefined> {
  const row = await db.selectFrom('screens').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toScreen(row);
}

export async function findScreenByKey(db: Queries, publicKey: string): Promise<Screen | undefined> {
  const row = await db.selectFrom('screens').selectAll().where('public_key', '=', publicKey).executeTakeFirst();
  return row && toScreen(row);
}

export type NewScreen = Pick<Screen, 'name' | 'place' | 'channel' | 'profile' | 'trial'> & { readonly unit?: string | null };

export async function addScreen(db: Queries, { name, place, channel, profile, trial, unit = null }: NewScreen, now: number): Promise<Screen> {
  const row = await db
    .insertInto('screens')
    .values({
      ...{
        id: randomUUID(),
        number: await nextNumber(db, 'screen'),
        name,
        place,
        unit,
        channel,
        profile: JSON.stringify(profile),
        hours: '[]',
        trial: trial ? 1 : 0,
      },
      ...{ state: 'active', public_key: null, paired_at: null, version: 0, assignment: null, last_seen_at: null, plays: 0, health: null, created_at: now },
      ...{ capabilities: null, chosen_channel: channel, canary: null, pin: null },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toScreen(row);
}

export type ScreenFactsOfStaff = Pick<Screen, 'name' | 'place' | 'unit' | 'contact' | 'operator' | 'hours' | 'tags' | 'profile'>;

/** @returns the screen as it is now, or undefined when it was no longer at that revision */
export async function changeScreen(db: Queries, id: string, revision: number, facts: ScreenFactsOfStaff): Promise<Screen | undefined> {
  const { name, place, unit, contact, operator, hours, tags, profile } = facts;
  const row = await db
    .updateTable('screens')
    .set({
      ...{ name, place, unit, contact, operator, hours: JSON.stringify(hours), tags: JSON.stringify(tags), profile: JSON.stringify(profile) },
      revision: revision + 1,
    })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .returningAll()
    .executeTakeFirst();
  return row && toScreen(row);
}

/** Gives a screen a channel. @param chosen what was chosen for the screen itself; null where the rules decide */
export async function setScreenChannel(db: Queries, id: string, channel: string, chosen: string | null): Promise<Screen> {
  const set = { channel, chosen_channel: chosen, canary: null };
  return toScreen(await db.updateTable('screens').set(set).where('id', '=', id).returningAll().executeTakeFirstOrThrow());
}

/** Issues a manifest for these screens first. */
export async function setCanary(db: Queries, screens: readonly string[], manifest: string): Promise<void> {
  await db.updateTable('screens').set({ canary: manifest }).where('id', 'in', screens).execute();
}

/** From here on all screens of these channels play what their channel does. */
export async function endCanary(db: Queries, channels: readonly string[]): Promise<void> {
  await db.updateTable('screens').set({ canary: null }).where('channel', 'in', channels).execute();
}

export async function setScreenPin(db: Queries, id: string, pin: KeptPin): Promise<Screen> {
  const set = { pin: JSON.stringify(pin) };
  return toScreen(await db.updateTable('screens').set(set).where('id', '=', id).returningAll().executeTakeFirstOrThrow());
}

/** @returns the screen as it is now, or undefined when it was in that state already */
export async function setScreenState(db: Queries, id: string, state: Screen['state']): Promise<Screen | undefined> {
  const row = await db.updateTable('screens').set({ state }).where('id', '=', id).where('state', '!=', state).returningAll().executeTakeFirst();
  return row && toScreen(row);
}

/** Binds a box to a screen by its key; a box that was bound before is no longer. A key belongs to one screen. */
export async function bindKey(db: Queries, screen: string, publicKey: string, now: number): Promise<void> {
  await db.updateTable('screens').set({ public_key: null }).where('public_key', '=', publicKey).where('id', '!=', screen).execute();
  await db.updateTable('screens').set({ public_key: publicKey, paired_at: now }).where('id', '=', screen).execute();
}

export async function keepHealth(db: Queries, screen: string, report: HealthReport | undefined, seenAt: number): Promise<void> {
  const health = report ? { health: JSON.stringify(report) } : {};
  await db
    .updateTable('screens')
    .set({ last_seen_at: seenAt, ...health })
    .where('id', '=', screen)
    .execute();
}

/** Nothing is written, and no disk waited for, where it says what it said before: thousands come back at once. */
export async function keepCapabilities(db: Queries, screen: string, { protocol, player, shell, scenes }: Capabilities): Promise<void> {
  const capabilities = JSON.stringify({ protocol, player, shell, scenes } satisfies Capabilities);
  await db.updateTable('screens').set({ capabilities }).where('id', '=', screen).where('capabilities', 'is distinct from', capabilities).execute();
}

export async function setAssignment(db: Queries, screen: string, version: number, sha256: string): Promise<void> {
  await db.updateTable('screens').set({ version, assignment: sha256 }).where('id', '=', screen).execute();
}

export async function countPlays(db: Queries, screen: string, more: number): Promise<void> {
  await db
    .updateTable('screens')
    .set((eb) => ({ plays: eb('plays', '+', more) }))
    .where('id', '=', screen)
    .execute();
}

/** How many screens there are, and how many turns they have proved. */
export async function countScreens(db: Queries): Promise<{ screens: number; plays: number }> {
  const { screens, plays } = await db
    .selectFrom('screens')
    .select(({ fn }) => [fn.countAll<number>().as('screens'), fn.sum<number | null>('plays').as('plays')])
    .executeTakeFirstOrThrow();
  return { screens, plays: plays ?? 0 };
}

/** Whether a screen that is no trial has ever had a box: from then on second person and second factor are asked for. */
export async function hasRealScreen(db: Queries): Promise<boolean> {
  const row = await db.selectFrom('screens').select('id').where('trial', '=', 0).where('paired_at', 'is not', null).limit(1).executeTakeFirst();
  return row !== undefined;
}
