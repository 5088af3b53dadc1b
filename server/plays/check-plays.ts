// Proves that the sums of plays are what the plays add up to, and says where they are not.
import type { Queries } from '../database/open-database.ts';
import { localDay } from '../local-days.ts';
import { usualZone, zonesOf } from './air-time-store.ts';
import { listChains, walkChain } from './walk-plays.ts';
import { sumNames, sumTurns, type TurnSums } from './turn-sums.ts';

export interface PlayCheck {
  readonly chains: number;
  readonly entries: number;
  /** Turns on air, and for how long, by the sums. */
  readonly turns: number;
  readonly ms: number;
  /** What differs, in words; empty when all of it holds. */
  readonly problems: readonly string[];
}

type Keyed = TurnSums & { readonly screen: string; readonly item: number; readonly campaign: string };

/** Sums by a key, adding where several rows have one. */
function byKey<Row extends Keyed>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, TurnSums> {
  const sums = new Map<string, TurnSums>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row)) ?? { turns: 0, ms: 0, interrupted: 0, skipped: 0, untrusted: 0 };
    for (const name of sumNames) sum[name] += row[name];
    sums.set(keyOf(row), sum);
  }
  return sums;
}

function compare(what: string, kept: ReadonlyMap<string, TurnSums>, added: ReadonlyMap<string, TurnSums>): string[] {
  return [...new Set([...kept.keys(), ...added.keys()])].flatMap((key) => {
    const differing = sumNames.filter((name) => (kept.get(key)?.[name] ?? 0) !== (added.get(key)?.[name] ?? 0));
    return differing.map((name) => `${what}, ${key}: ${name} is ${kept.get(key)?.[name] ?? 0}, should be ${added.get(key)?.[name] ?? 0}`);
  });
}

const rowKey = ({ screen, item, campaign }: Omit<Keyed, keyof TurnSums>) => `screen ${screen}, item ${item}, campaign ${campaign}`;

/** @param db a transaction, so that plays which come in meanwhile are not seen half */
export async function checkPlays(db: Queries): Promise<PlayCheck> {
  const sums = sumTurns();
  const problems: string[] = [];
  const chains = await listChains(db);
  let entries = 0;
  for (const chain of chains) {
    const walked = await walkChain(db, chain, (turn) => sums.add(turn));
    entries += walked.entries;
    problems.push(...walked.problems);
  }
  const hours = await db.selectFrom('air_time').selectAll().execute();
  const gone = await db.selectFrom('air_gone').selectAll().execute();
  const hourKey = (row: (typeof hours)[number]) => `${rowKey(row)}, hour ${new Date(row.hour).toISOString()}`;
  problems.push(...compare('sums by the hour', byKey(hours, hourKey), byKey([...sums.all().hours, ...gone], hourKey)));

  const zones = await zonesOf(
    db,
    hours.map(({ campaign }) => campaign),
  );
  const days = await db.selectFrom('air_days').selectAll().execute();
  const dayKey = (row: Omit<Keyed, keyof TurnSums> & { day: string }) => `${rowKey(row)}, day ${row.day}`;
  const ofHours = hours.map((row) => ({ ...row, day: localDay(row.hour, zones.get(row.campaign) ?? usualZone) }));
  problems.push(...compare('sums by the day', byKey(days, dayKey), byKey(ofHours, dayKey)));

  const faults = await db.selectFrom('play_faults').selectAll().execute();
  const none = { turns: 0, ms: 0, interrupted: 0, skipped: 0, untrusted: 0 };
  const faulty = days.filter(({ interrupted, skipped }) => interrupted + skipped > 0).map((row) => ({ ...row, turns: 0, ms: 0, untrusted: 0 }));
  problems.push(
    ...compare(
      'reasons',
      byKey(
        faults.map((row) => ({ ...row, ...none, [row.outcome]: row.count })),
        dayKey,
      ),
      byKey(faulty, dayKey),
    ),
  );

  const total = (name: 'turns' | 'ms') => hours.reduce((sum, row) => sum + row[name], 0);
  return { chains: chains.length, entries, turns: total('turns'), ms: total('ms'), problems };
}
