// Time on air, summed as plays come in, so that a report reads hours and days and not millions of turns.
import { playEntrySchema, type PlayEntry } from '../../core/play.ts';
import { findCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import { manifestFacts } from '../manifests/manifest-facts.ts';
import { sumNames, sumTurns, type RollUp } from './turn-sums.ts';

type OpenEntry = Extract<PlayEntry, { kind: 'open' }>;
interface OpenedIn {
  readonly open: OpenEntry;
  readonly campaign: string;
}

/** Zone of days where nobody knows the campaign. */
export const usualZone = 'Asia/Ho_Chi_Minh';

export async function zonesOf(db: Queries, campaigns: Iterable<string>): Promise<Map<string, string>> {
  const zones = new Map<string, string>();
  for (const id of new Set(campaigns)) zones.set(id, (await findCampaign(db, id))?.zone ?? usualZone);
  return zones;
}

/** Of these openings, those that came in an earlier batch and were not closed then. */
async function earlierOpens(db: Queries, screen: string, chain: string, seqs: readonly number[], before: number): Promise<Map<number, OpenedIn>> {
  if (seqs.length === 0) return new Map();
  const rows = await db
    .selectFrom('plays as open')
    .select(['open.seq', 'open.entry', 'open.campaign'])
    .where('open.screen', '=', screen)
    .where('open.chain', '=', chain)
    .where('open.seq', 'in', seqs)
    .where('open.kind', '=', 'open')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('plays as close')
            .select('close.seq')
            .whereRef('close.screen', '=', 'open.screen')
            .whereRef('close.chain', '=', 'open.chain')
            .whereRef('close.opened', '=', 'open.seq')
            .where('close.kind', '=', 'close')
            .where('close.seq', '<', before),
        ),
      ),
    )
    .execute();
  return new Map(rows.map(({ seq, entry, campaign }) => [seq, { open: playEntrySchema.parse(JSON.parse(entry)) as OpenEntry, campaign }]));
}

/** Adds the turns that entries close. Call it with entries that are stored for the first time, inside their transaction. */
export async function addAirTime(
  trx: Queries,
  entries: readonly { readonly entry: PlayEntry; readonly campaign: string }[],
  { screen, chain }: { screen: string; chain: string },
): Promise<void> {
  const closes = entries.flatMap(({ entry }) => (entry.kind === 'close' ? [entry] : []));
  if (closes.length === 0) return;
  const opens = new Map(
    entries.flatMap(({ entry, campaign }): [number, OpenedIn][] => (entry.kind === 'open' ? [[entry.seq, { open: entry, campaign }]] : [])),
  );
  const missing = closes.map(({ opened }) => opened).filter((seq) => !opens.has(seq));
  const before = entries[0]?.entry.seq ?? 0;
  for (const [seq, opened] of await earlierOpens(trx, screen, chain, missing, before)) opens.set(seq, opened);
  const facts = await manifestFacts(
    trx,
    [...opens.values()].map(({ open }) => open.manifest),
  );
  const zones = await zonesOf(
    trx,
    [...opens.values()].map(({ campaign }) => campaign),
  );
  const sums = sumTurns();
  const closed = new Set<number>();
  for (const close of closes) {
    const opened = opens.get(close.opened);
    // A turn ends once, whatever a journal says.
    if (!opened || closed.has(close.opened)) continue;
    closed.add(close.opened);
    const { open, campaign } = opened;
    const numbers = facts.get(open.manifest)?.numbers;
    sums.add({ screen, campaign, zone: zones.get(campaign) ?? usualZone, numberOf: (item) => numbers?.get(item) ?? 0, open, close });
  }
  await addRollUp(trx, sums.all());
}

async function addRollUp(trx: Queries, { hours, days, faults }: RollUp): Promise<void> {
  if (hours.length === 0) return;
  await trx
    .insertInto('air_time')
    .values(hours)
    .onConflict((conflict) =>
      conflict
        .columns(['hour', 'screen', 'item', 'campaign'])
        .doUpdateSet((eb) => Object.fromEntries(sumNames.map((name) => [name, eb(`air_time.${name}`, '+', eb.ref(`excluded.${name}`))]))),
    )
    .execute();
  await trx
    .insertInto('air_days')
    .values(days)
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'screen', 'item', 'campaign'])
        .doUpdateSet((eb) => Object.fromEntries(sumNames.map((name) => [name, eb(`air_days.${name}`, '+', eb.ref(`excluded.${name}`))]))),
    )
    .execute();
  if (faults.length === 0) return;
  await trx
    .insertInto('play_faults')
    .values(faults)
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'screen', 'item', 'campaign', 'outcome', 'reason'])
        .doUpdateSet((eb) => ({ count: eb('play_faults.count', '+', eb.ref('excluded.count')) })),
    )
    .execute();
}
