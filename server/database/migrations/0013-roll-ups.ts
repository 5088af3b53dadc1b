// Sums of plays by hour and day with what was interrupted and skipped, made anew from the plays, and what is kept of those that go.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../is-postgres.ts';
import type { Database } from '../schema.ts';

const counts = ['turns', 'ms', 'interrupted', 'skipped', 'untrusted'] as const;

export const rollUps: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    for (const name of ['interrupted', 'skipped', 'untrusted']) {
      await schema
        .alterTable('air_time')
        .addColumn(name, 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
    }
    for (const [table, time, type] of [
      ['air_gone', 'hour', 'integer'],
      ['air_days', 'day', 'text'],
    ] as const) {
      const columns = schema
        .createTable(table)
        .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
        .addColumn('item', 'integer', (c) => c.notNull())
        .addColumn('campaign', 'text', (c) => c.notNull())
        .addColumn(time, type, (c) => c.notNull());
      await counts
        .reduce((builder, name) => builder.addColumn(name, 'integer', (c) => c.notNull()), columns)
        .addPrimaryKeyConstraint(`one_sum_in_${table}`, [time, 'screen', 'item', 'campaign'])
        .modifyEnd(sql`strict, without rowid`)
        .execute();
    }
    await schema
      .createTable('play_faults')
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('item', 'integer', (c) => c.notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('outcome', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('count', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('one_count_a_day', ['day', 'screen', 'item', 'campaign', 'outcome', 'reason'])
      .modifyEnd(sql`strict, without rowid`)
      .execute();
    // No database of PostgreSQL is older than this.
    if (isPostgres(db)) return;
    await sumReceivedPlays(db);
  },
};

/** Fills the empty sums from the plays. The only zone that there has been so far is that of Hà Nội, seven hours ahead. */
export async function sumReceivedPlays(db: Kysely<Database>): Promise<void> {
  await sql`delete from air_time`.execute(db);
  await sql`
    create temp table summed as
    with numbered as (
      select manifests.sha256, json_extract(item.value, '$.id') as item, json_extract(item.value, '$.number') as number
      from manifests
      join json_each(json_extract(manifests.envelope, '$.payload'), '$.layers') as layer
      join json_each(layer.value, '$.playlist.items') as item
    ), turn as (
      select open.screen, open.campaign, open.manifest, open.at, close.outcome, open.clock_trusted,
        iif(close.outcome = 'skipped', json_extract(open.entry, '$.item'), open.item) as item,
        coalesce(json_extract(close.entry, '$.reason'), '') as reason, max(0, close.at - open.at) as wall,
        cast(round(json_extract(close.entry, '$.monoMs') - json_extract(open.entry, '$.monoMs')) as integer) as mono
      from plays as open
      join plays as close on close.screen = open.screen and close.chain = open.chain and close.opened = open.seq and close.kind = 'close'
      where open.kind = 'open' and not exists (
        select 1 from plays as earlier where earlier.screen = close.screen and earlier.chain = close.chain and earlier.opened = close.opened
          and earlier.kind = 'close' and earlier.seq < close.seq)
    )
    select turn.screen, coalesce(numbered.number, 0) as item, turn.campaign, turn.at - turn.at % 3600000 as hour,
      date((turn.at - turn.at % 3600000) / 1000 + 25200, 'unixepoch') as day, turn.outcome, turn.reason,
      turn.outcome <> 'skipped' as turns, turn.outcome = 'interrupted' as interrupted, turn.outcome = 'skipped' as skipped,
      turn.outcome <> 'skipped' and turn.clock_trusted = 0 as untrusted,
      iif(turn.outcome = 'skipped', 0, min(7200000, iif(turn.mono >= 0 and abs(turn.wall - turn.mono) > 5000, turn.mono, turn.wall))) as ms
    from turn left join numbered on numbered.sha256 = turn.manifest and numbered.item = turn.item`.execute(db);
  for (const [table, time] of [
    ['air_time', 'hour'],
    ['air_days', 'day'],
  ] as const) {
    await sql`
      insert into ${sql.table(table)} (screen, item, campaign, ${sql.ref(time)}, turns, ms, interrupted, skipped, untrusted)
      select screen, item, campaign, ${sql.ref(time)}, sum(turns), sum(ms), sum(interrupted), sum(skipped), sum(untrusted) from summed group by 1, 2, 3, 4`.execute(
      db,
    );
  }
  await sql`
    insert into play_faults (screen, item, campaign, day, outcome, reason, count)
    select screen, item, campaign, day, outcome, reason, count(*) from summed where outcome <> 'complete' group by 1, 2, 3, 4, 5, 6`.execute(db);
  await sql`drop table summed`.execute(db);
}
