// Administrative units with the dates between which they exist, by tree.
import type { Tree } from '../../core/campaigns-api.ts';
import { cityTrees, isCityTree, type CityTree, type DatedUnit, type Unit } from '../../core/units.ts';
import type { Queries } from '../database/open-database.ts';

/** Trees of the shipped units, and the level that makes each. A tree of a site's own is a level of the same name. */
export const trees = { 'hanoi-districts': 'district', 'hanoi-communes-2025': 'commune' } as const satisfies Record<CityTree, string>;

/** The level whose units make a tree. */
export const levelOf = (tree: string): string => (isCityTree(tree) ? trees[tree] : tree);

/** The units of a tree in order of their codes; none for a tree that is not known. */
export async function unitsOfTree(db: Queries, tree: string): Promise<Unit[]> {
  return db.selectFrom('units').select(['code', 'kind', 'name']).where('level', '=', levelOf(tree)).orderBy('code').execute();
}

export interface StoredUnit extends Unit {
  /** Code of the unit above it. */
  readonly parent: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** All trees, and the days between which all units of each exist. */
export async function listTrees(db: Queries): Promise<Tree[]> {
  const rows = await db
    .selectFrom('units')
    .select('level')
    .select(({ fn }) => [fn.countAll<number>().as('units'), fn.max('valid_from').as('from'), fn.min('valid_to').as('until')])
    .groupBy('level')
    .orderBy('level')
    .execute();
  const idOf = (level: string) => cityTrees.find((tree) => trees[tree] === level) ?? level;
  return rows.map(({ level, units, from, until }) => ({ id: idOf(level), units, from, until }));
}

/** The units of all trees and times. */
export async function listUnits(db: Queries): Promise<StoredUnit[]> {
  const rows = await db.selectFrom('units').selectAll().orderBy('code').execute();
  return rows.map(({ code, kind, name, parent, valid_from, valid_to }) => ({ code, kind, name, parent, validFrom: valid_from, validTo: valid_to }));
}

/** Adds units, or mends their words; a code never leaves. */
export async function putUnits(db: Queries, units: readonly DatedUnit[]): Promise<void> {
  for (const { code, kind, name, level, above, validFrom, validTo } of units) {
    const row = { kind, name, level, parent: above ?? null, valid_from: validFrom, valid_to: validTo ?? null };
    await db
      .insertInto('units')
      .values({ code, ...row })
      .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
      .execute();
  }
}

export function unitByCode(db: Queries, code: string): Promise<Unit | undefined> {
  return db.selectFrom('units').select(['code', 'kind', 'name']).where('code', '=', code).executeTakeFirst();
}
