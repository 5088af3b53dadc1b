// What was published of each unit before, so that new figures can be held against it.
import { z } from 'zod';
import { comparable } from '../../core/scoreboard.ts';
import { holdSchema, type PublishedFigure } from '../../core/holds.ts';
import type { Queries } from '../database/open-database.ts';
import { parseStored, storedColumns, type SnapshotDraft } from './snapshot-store.ts';

/** As far back as this, slow growth is told from many small steps; and further for a unit that was left out since. */
const lookBackMs = 7 * 24 * 60 * 60_000;
const mostSnapshots = 30;

const unitsHeld = (holds: string | null) =>
  new Set(
    holds === null
      ? []
      : z
          .array(holdSchema.pick({ unit: true }))
          .parse(JSON.parse(holds))
          .map(({ unit }) => unit),
  );

/**
 * Of each unit of a draft, the latest first. Figures that were corrected or withdrawn count no more. What a second person has released is the new
 * ground: nothing before it is looked at, or the same jump would be held day after day.
 */
export async function publishedFigures(db: Queries, draft: SnapshotDraft): Promise<Map<string, PublishedFigure[]>> {
  const rows = await db
    .selectFrom('snapshots')
    .leftJoin('held_imports', 'held_imports.snapshot', 'snapshots.number')
    .select([...storedColumns, 'held_imports.holds'])
    .where('campaign', '=', draft.campaign)
    .where('tree', '=', draft.tree)
    .where('sample', '=', draft.sample ? 1 : 0)
    .where('number', 'not in', db.selectFrom('snapshots').select('replaces').where('replaces', 'is not', null).$castTo<{ replaces: number }>())
    .orderBy('number', 'desc')
    .limit(mostSnapshots)
    .execute();
  const figures = new Map<string, PublishedFigure[]>(draft.rows.map(({ unit }) => [unit, []]));
  const closed = new Set<string>();
  for (const row of rows) {
    const { snapshot } = parseStored(row);
    if (!comparable(snapshot, { ...draft, number: snapshot.number, issuedAt: snapshot.issuedAt })) continue;
    const isLongAgo = snapshot.cutOff < draft.cutOff - lookBackMs;
    const held = unitsHeld(row.holds);
    for (const { unit, count, base } of snapshot.rows) {
      const known = figures.get(unit);
      if (!known || closed.has(unit) || (isLongAgo && known.length > 0)) continue;
      known.push({ number: snapshot.number, cutOff: snapshot.cutOff, count, base });
      if (held.has(unit)) closed.add(unit);
    }
  }
  return figures;
}
