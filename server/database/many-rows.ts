// Many rows in few statements. Making the text of a statement for hundreds of rows costs more than running it, so it is made once for each database.
import { CompiledQuery, type Compilable } from 'kysely';
import type { Queries } from './open-database.ts';

/** SQLite takes 32,766 values in one statement, PostgreSQL 65,535. */
const rowsTogether = 100;

/** @param insertOf the statement for some rows; every row it is given has the same columns in the same order */
export function manyRows<Row extends object>(insertOf: (db: Queries, rows: readonly Row[]) => Compilable) {
  const texts = new WeakMap<object, string>();
  return async (db: Queries, rows: readonly Row[]): Promise<void> => {
    const { adapter } = db.getExecutor();
    for (let at = 0; at < rows.length; at += rowsTogether) {
      const some = rows.slice(at, at + rowsTogether);
      const isWhole = some.length === rowsTogether;
      const known = isWhole ? texts.get(adapter) : undefined;
      const query = known === undefined ? insertOf(db, some).compile() : CompiledQuery.raw(known, some.flatMap(Object.values));
      if (isWhole) texts.set(adapter, query.sql);
      await db.executeQuery(query);
    }
  };
}
