// Time on air, summed as plays come in, so that a report reads hours and not millions of turns.
import type { PlayEntry } from '../../core/play.ts';
import type { Queries } from '../database/open-database.ts';
import type { NewRow } from '../database/schema.ts';

const hourMs = 3_600_000;

interface Opened {
  readonly at: number;
  readonly item: string;
  readonly manifest: string;
}

/** The openings that closes name and that came in an earlier batch. */
async function earlierOpens(db: Queries, screen: string, chain: string, seqs: readonly number[]): Promise<Map<number, Opened>> {
  if (seqs.length === 0) return new Map();
  const rows = await db
    .selectFrom('plays')
    .select(['seq', 'at', 'item', 'manifest'])
    .where('screen', '=', screen)
    .where('chain', '=', chain)
    .where('seq', 'in', seqs)
    .where('kind', '=', 'open')
    .execute();
  return new Map(rows.map(({ seq, at, item, manifest }) => [seq, { at, item: item ?? '', manifest: manifest ?? '' }]));
}

/** Numbers of the items of manifests, as `manifest item`; an item of the factory playlist has none. */
async function numbersOf(db: Queries, manifests: readonly string[]): Promise<Map<string, number>> {
  if (manifests.length === 0) return new Map();
  const rows = await db
    .selectFrom('manifests')
    .innerJoin('channels', 'channels.id', 'manifests.channel')
    .innerJoin('playlist_items', 'playlist_items.playlist', 'channels.playlist')
    .select(['manifests.sha256', 'playlist_items.item', 'playlist_items.number'])
    .where('manifests.sha256', 'in', manifests)
    .execute();
  return new Map(rows.map(({ sha256, item, number }) => [`${sha256} ${item}`, number]));
}

/** Adds the turns that entries close. Call it with entries that are stored for the first time, inside their transaction. */
export async function addAirTime(
  trx: Queries,
  entries: readonly PlayEntry[],
  { screen, chain, campaign }: { screen: string; chain: string; campaign: string },
): Promise<void> {
  const closes = entries.flatMap((entry) => (entry.kind === 'close' && entry.outcome !== 'skipped' ? [entry] : []));
  if (closes.length === 0) return;
  const opens = new Map(
    entries.flatMap((entry): [number, Opened][] =>
      entry.kind === 'open' ? [[entry.seq, { at: entry.at, item: entry.substitute?.item ?? entry.item, manifest: entry.manifest }]] : [],
    ),
  );
  const missing = closes.map(({ opened }) => opened).filter((seq) => !opens.has(seq));
  for (const [seq, open] of await earlierOpens(trx, screen, chain, missing)) opens.set(seq, open);
  const numbers = await numbersOf(trx, [...new Set([...opens.values()].map(({ manifest }) => manifest))]);
  const sums = new Map<string, NewRow<'air_time'>>();
  for (const { at, opened } of closes) {
    const open = opens.get(opened);
    if (!open) continue;
    const item = numbers.get(`${open.manifest} ${open.item}`) ?? 0;
    const hour = open.at - (open.at % hourMs);
    const key = `${hour} ${item}`;
    const sum = sums.get(key) ?? { screen, item, campaign, hour, turns: 0, ms: 0 };
    sums.set(key, { ...sum, turns: sum.turns + 1, ms: sum.ms + Math.max(0, at - open.at) });
  }
  if (sums.size === 0) return;
  await trx
    .insertInto('air_time')
    .values([...sums.values()])
    .onConflict((conflict) =>
      conflict.columns(['hour', 'screen', 'item', 'campaign']).doUpdateSet((eb) => ({
        turns: eb('air_time.turns', '+', eb.ref('excluded.turns')),
        ms: eb('air_time.ms', '+', eb.ref('excluded.ms')),
      })),
    )
    .execute();
}
