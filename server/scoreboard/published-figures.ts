// What was published of each unit before, so that new figures can be held against it.
import { z } from 'zod';
import { comparable } from '../../core/scoreboard.ts';
import { holdSchema, type PublishedFigure } from '../../core/holds.ts';
import type { Queries } from '../database/open-database.ts';
import { parseStored, storedColumns, type SnapshotDraft } from './snapshot-store.ts';

/** As far back as this, slow growth is told from many small steps. */
const lookBackMs = 7 * 24 * 60 * 60_000;
const pageSize = 30;
/** A unit that so many snapshots left out comes as if for the first time. */
const mostPages = 10;

const unitsHeld = (holds: string | null) =>
  new Set(
    holds === null
      ? []
      : z
          .array(holdSchema.pick({ unit: true }))
          .parse(JSON.parse(holds))
          .map(({ unit }) => unit),
  );

/** Snapshots of a draft's contest that still count, the latest first, with what of each was held. */
function pageOf(db: Queries, draft: SnapshotDraft, before: number | undefined) {
  return db
    .selectFrom('snapshots')
    .leftJoin('held_imports', 'held_imports.snapshot', 'snapshots.number')
    .select([...storedColumns, 'number', 'held_imports.holds'])
    .where('campaign', '=', draft.campaign)
    .where('tree', '=', draft.tree)
    .where('sample', '=', draft.sample ? 1 : 0)
    .where('number', 'not in', db.selectFrom('snapshots').select('replaces').where('replaces', 'is not', null).$castTo<{ replaces: number }>())
    .$if(before !== undefined, (query) => query.where('number', '<', before ?? 0))
    .orderBy('number', 'desc')
    .limit(pageSize)
    .execute();
}

/**
 * Of each unit of a draft, the latest first. Figures that were corrected or withdrawn count no more. What a second person has released is the new
 * ground: nothing before it is looked at, or the same jump would be held day after day.
 */
export async function publishedFigures(db: Queries, draft: SnapshotDraft): Promise<Map<string, PublishedFigure[]>> {
  const figures = new Map<string, PublishedFigure[]>(draft.rows.map(({ unit }) => [unit, []]));
  const closed = new Set<string>();
  let before: number | undefined;
  for (let page = 0; page < mostPages; page++) {
    const rows = await pageOf(db, draft, before);
    for (const row of rows) {
      before = row.number;
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
    // A unit that was left out for long is looked for further back; the others are known by now.
    if (rows.length < pageSize || [...figures.values()].every(({ length }) => length > 0)) break;
  }
  return figures;
}
