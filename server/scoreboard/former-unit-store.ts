// Units that ended and are not in a tree: names that people still write.
import type { DatedUnit } from '../../core/units.ts';
import type { Queries } from '../database/open-database.ts';
import { levelOf } from '../units/unit-store.ts';

export async function formerUnits(db: Queries, tree: string): Promise<DatedUnit[]> {
  const rows = await db.selectFrom('units').selectAll().where('level', '!=', levelOf(tree)).where('valid_to', 'is not', null).orderBy('code').execute();
  return rows.map(({ code, kind, name, level, valid_from, valid_to }) => ({
    code,
    kind,
    name,
    level,
    validFrom: valid_from,
    ...(valid_to === null ? {} : { validTo: valid_to }),
  }));
}
