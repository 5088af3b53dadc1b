// Lets go of openings of codes, one by one, that are long past. What they added up to by the hour stays, and every report says the same as before.
import type { Queries } from '../database/open-database.ts';
import { transact } from '../database/open-database.ts';
import { hourOf, shownUnknown } from './sum-store.ts';

const hourMs = 3_600_000;
/** In one transaction: phones are answered between two of them. */
const spanMs = 24 * hourMs;

async function forgetSpan(db: Queries, before: number): Promise<{ gone: number; isLast: boolean }> {
  return transact(db, async (trx) => {
    const oldest = await trx
      .selectFrom('scans')
      .select(({ fn }) => fn.min('at').as('at'))
      .where('at', '<', before)
      .executeTakeFirst();
    if (typeof oldest?.at !== 'number') return { gone: 0, isLast: true };
    const until = Math.min(before, Math.floor(oldest.at / hourMs) * hourMs + spanMs);
    const sums = await trx
      .selectFrom('scans')
      .select(['campaign', 'owner', 'item', 'shown', hourOf('at').as('hour')])
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number>('new_device').as('devices')])
      .where('at', '<', until)
      .groupBy(['campaign', 'owner', 'item', 'shown', 'hour'])
      .execute();
    for (const { shown, ...sum } of sums) {
      await trx
        .insertInto('scan_hours')
        .values({ ...sum, shown: shown ?? shownUnknown })
        .onConflict((conflict) =>
          conflict.columns(['campaign', 'hour', 'owner', 'item', 'shown']).doUpdateSet((eb) => ({
            count: eb('scan_hours.count', '+', eb.ref('excluded.count')),
            devices: eb('scan_hours.devices', '+', eb.ref('excluded.devices')),
          })),
        )
        .execute();
    }
    const { numDeletedRows } = await trx.deleteFrom('scans').where('at', '<', until).executeTakeFirst();
    return { gone: Number(numDeletedRows), isLast: until >= before };
  });
}

/** @param before openings before this instant's hour go @returns how many went */
export async function forgetScans(db: Queries, before: number): Promise<number> {
  const hour = Math.floor(before / hourMs) * hourMs;
  let forgotten = 0;
  for (let isLast = false; !isLast;) {
    const span = await forgetSpan(db, hour);
    forgotten += span.gone;
    isLast = span.isLast;
  }
  return forgotten;
}
