// What a sender meant by a name that fits several units: a hint for the next file, never an answer.
import type { Queries } from '../database/open-database.ts';

/** Where choices are kept apart: who sent the file, and the tree that it is about. */
export interface ChoiceScope {
  readonly sender: string;
  readonly tree: string;
}

const keyOf = (written: string) => written.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi');

/** The code that was chosen for each written name before. */
export async function earlierChoices(db: Queries, { sender, tree }: ChoiceScope): Promise<(written: string) => string | undefined> {
  const rows = await db.selectFrom('unit_choices').select(['written', 'unit']).where('sender', '=', sender).where('tree', '=', tree).execute();
  const units = new Map(rows.map(({ written, unit }) => [written, unit]));
  return (written) => units.get(keyOf(written));
}

export async function keepChoices(
  trx: Queries,
  { sender, tree }: ChoiceScope,
  choices: readonly { readonly written: string; readonly unit: string }[],
  at: number,
): Promise<void> {
  for (const { written, unit } of choices)
    await trx
      .insertInto('unit_choices')
      .values({ sender, tree, written: keyOf(written), unit, chosen_at: at })
      .onConflict((conflict) => conflict.columns(['sender', 'tree', 'written']).doUpdateSet({ unit, chosen_at: at }))
      .execute();
}
