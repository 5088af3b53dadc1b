// What decided about each screen from when on, so that its programme of any instant of the past can be shown again.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const screenHistory: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema
      .createTable('screen_history')
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('since', 'integer', (c) => c.notNull())
      .addColumn('facts', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('screen_history_key', ['screen', 'since'])
      .modifyEnd(sql`strict, without rowid`)
      .execute();
    // Nobody wrote down what was before: what is known now stands for it.
    const rows = await db.selectFrom('screens').select(['id', 'created_at', 'channel', 'hours', 'state', 'trial', 'profile', 'unit']).execute();
    for (const { id, created_at, channel, hours, state, trial, profile, unit } of rows) {
      const known = { channel, state, trial: trial === 1, units: unit === null ? [] : [unit] };
      const facts = JSON.stringify({ ...known, hours: JSON.parse(hours) as unknown, profile: JSON.parse(profile) as unknown });
      await db.insertInto('screen_history').values({ screen: id, since: created_at, facts }).execute();
    }
  },
};
