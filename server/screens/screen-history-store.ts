// What decided about a screen and from when on: its channel, hours, state, unit, operator and profile, one row for each change.
import { z } from 'zod';
import { screenStates } from '../../core/manifest.ts';
import { profileSchema } from '../../core/profile.ts';
import { windowSchema } from '../../core/schedule.ts';
import type { Queries } from '../database/open-database.ts';

const pastFactsSchema = z.object({
  channel: z.string(),
  state: z.literal(screenStates),
  trial: z.boolean(),
  /** The screen's unit and those above it, nearest first. */
  units: z.array(z.string()),
  operator: z.string().default(''),
  hours: z.array(windowSchema),
  profile: profileSchema,
});
export type PastFacts = z.infer<typeof pastFactsSchema>;
export interface FactsSince extends PastFacts {
  readonly since: number;
}

const read = (text: string): PastFacts => pastFactsSchema.parse(JSON.parse(text));

/** Remembers what holds from now on, if it is anything new. */
export async function noteFacts(db: Queries, screen: string, facts: PastFacts, at: number): Promise<void> {
  const text = JSON.stringify(pastFactsSchema.parse(facts));
  const last = await db.selectFrom('screen_history').select('facts').where('screen', '=', screen).orderBy('since', 'desc').limit(1).executeTakeFirst();
  if (last && JSON.stringify(read(last.facts)) === text) return;
  await db
    .insertInto('screen_history')
    .values({ screen, since: at, facts: text })
    .onConflict((conflict) => conflict.columns(['screen', 'since']).doUpdateSet({ facts: text }))
    .execute();
}

/** What held at some instant of `[from, until)`, oldest first. */
export async function factsInForce(db: Queries, screen: string, from: number, until: number): Promise<FactsSince[]> {
  const rows = await db
    .selectFrom('screen_history')
    .select(['since', 'facts'])
    .where('screen', '=', screen)
    .where('since', '<', until)
    .orderBy('since', 'desc')
    .execute();
  const before = rows.findIndex(({ since }) => since <= from);
  return (before === -1 ? rows : rows.slice(0, before + 1)).reverse().map(({ since, facts }) => ({ since, ...read(facts) }));
}
