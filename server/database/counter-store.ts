// Numbers that only grow and are never given out twice: screens, items, snapshots, manifests.
import type { Queries } from './open-database.ts';

/** The next number of a series, beginning with 1. */
export async function nextNumber(db: Queries, name: string): Promise<number> {
  const { value } = await db
    .insertInto('counters')
    .values({ name, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

/** Lifts a series to at least `floor`, so that what comes next lies above it. */
export async function liftNumber(db: Queries, name: string, floor: number): Promise<void> {
  await db
    .insertInto('counters')
    .values({ name, value: floor })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: floor }).where('counters.value', '<', floor))
    .execute();
}
