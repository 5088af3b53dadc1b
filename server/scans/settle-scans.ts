// Holds scans against plays: was the screen showing the code when it was opened? Plays come late, so what is not known yet waits.
import { numberedId } from '../../core/layers.ts';
import type { Queries } from '../database/open-database.ts';
import { manifestFacts } from '../manifests/manifest-facts.ts';

/** From the camera to the tap, and for whoever reads on while the next turn stands. */
export const afterShownMs = 3 * 60_000;
/** Two clocks that agree well enough. */
const beforeShownMs = 5_000;
/** No turn lasts longer. */
const longestTurnMs = 3_600_000;
const settledTogether = 2_000;

interface Unsettled {
  readonly id: number;
  readonly at: number;
  readonly screen: string;
  /** Its id within its playlist, and its number. */
  readonly item: string | null;
  readonly number: number;
}

/** A screen turns through one hour in so many turns of one item at most. */
const mostTurns = 400;

/** Whether the screen showed it; undefined while its plays do not say. */
async function wasShown(db: Queries, { at, screen, item, number }: Unsettled): Promise<boolean | undefined> {
  const turns = db
    .selectFrom('plays')
    .where('screen', '=', screen)
    .where('kind', '=', 'open')
    .where('at', '<=', at + beforeShownMs);
  if (item !== null) {
    const opens = await turns
      .select(['chain', 'seq', 'clock_trusted', 'manifest', 'item'])
      .where('item', 'in', [item, numberedId({ id: item, number })])
      .where('at', '>=', at - longestTurnMs - afterShownMs)
      .orderBy('at', 'desc')
      .limit(mostTurns)
      .execute();
    // The same id may be another item's, of another layer.
    const facts = await manifestFacts(
      db,
      opens.flatMap(({ manifest }) => manifest ?? []),
    );
    const open = opens.find((each) => {
      const numbers = facts.get(each.manifest ?? '')?.numbers;
      return numbers === undefined ? each.item === item : numbers.get(each.item ?? '') === number;
    });
    if (open) {
      const close = await db
        .selectFrom('plays')
        .select('at')
        .where('screen', '=', screen)
        .where('chain', '=', open.chain)
        .where('opened', '=', open.seq)
        .where('kind', '=', 'close')
        .executeTakeFirst();
      if (!close || close.at + afterShownMs >= at) return true;
      // A clock that nobody vouches for proves nothing against a scan.
      if (open.clock_trusted === 0) return undefined;
    }
  }
  const later = await db
    .selectFrom('plays')
    .select('seq')
    .where('screen', '=', screen)
    .where('kind', '=', 'open')
    .where('at', '>', at + beforeShownMs)
    .limit(1)
    .executeTakeFirst();
  return later ? false : undefined;
}

async function settlePage(db: Queries, after: number): Promise<number | undefined> {
  const rows = await db
    .selectFrom('scans')
    .innerJoin('screens', 'screens.number', 'scans.owner')
    .leftJoin('playlist_items', 'playlist_items.number', 'scans.item')
    .select(['scans.id', 'scans.at', 'screens.id as screen', 'playlist_items.item', 'scans.item as number'])
    .where('scans.shown', 'is', null)
    .where('scans.id', '>', after)
    .orderBy('scans.id')
    .limit(settledTogether)
    .execute();
  const settled: Record<0 | 1, number[]> = { 0: [], 1: [] };
  for (const row of rows) {
    const shown = await wasShown(db, row);
    if (shown !== undefined) settled[shown ? 1 : 0].push(row.id);
  }
  for (const shown of [0, 1] as const) {
    if (settled[shown].length > 0) await db.updateTable('scans').set({ shown }).where('id', 'in', settled[shown]).execute();
  }
  return rows.at(-1)?.id;
}

/** Settles what can be settled by now. */
export async function settleScans(db: Queries): Promise<void> {
  for (let last: number | undefined = 0; last !== undefined;) last = await settlePage(db, last);
}
