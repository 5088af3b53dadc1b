// Lets go of plays that were received long ago. What they added up to stays, and is kept apart too, so that the sums can still be proved.
import { transact, type Queries } from '../database/open-database.ts';
import { listChains, walkChain, type Chain } from './walk-plays.ts';
import { sumNames, sumTurns } from './turn-sums.ts';

/** In one transaction: players and staff are answered between two of them. */
const forgottenTogether = 1_000;

/**
 * The first entry of a chain that stays. The last opening or end always does: what comes next follows on it.
 * @param before entries received before this instant may go
 */
async function firstKept(db: Queries, { screen, chain }: Chain, before: number): Promise<number> {
  const all = db.selectFrom('plays').select('seq').where('screen', '=', screen).where('chain', '=', chain);
  const oldest = (await all.orderBy('seq').limit(1).executeTakeFirst())?.seq ?? 0;
  const most = oldest + forgottenTogether;
  const last = await all.where('kind', '!=', 'note').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const fresh = await all.where('received_at', '>=', before).where('seq', '<', most).orderBy('seq').limit(1).executeTakeFirst();
  return Math.min(last?.seq ?? oldest, fresh?.seq ?? most);
}

async function forgetInChain(db: Queries, of: Chain, before: number): Promise<number> {
  return transact(db, async (trx) => {
    const kept = await firstKept(trx, of, before);
    const sums = sumTurns();
    // A turn goes with its opening; its end may stay alone.
    await walkChain(trx, of, (turn) => sums.add(turn), kept);
    const { hours } = sums.all();
    if (hours.length > 0) {
      await trx
        .insertInto('air_gone')
        .values(hours)
        .onConflict((conflict) =>
          conflict
            .columns(['hour', 'screen', 'item', 'campaign'])
            .doUpdateSet((eb) => Object.fromEntries(sumNames.map((name) => [name, eb(`air_gone.${name}`, '+', eb.ref(`excluded.${name}`))]))),
        )
        .execute();
    }
    const gone = await trx.deleteFrom('plays').where('screen', '=', of.screen).where('chain', '=', of.chain).where('seq', '<', kept).executeTakeFirst();
    return Number(gone.numDeletedRows);
  });
}

/** @returns how many entries went */
export async function forgetPlays(db: Queries, before: number): Promise<number> {
  let forgotten = 0;
  for (const chain of await listChains(db)) {
    for (let gone = -1; gone !== 0;) {
      gone = await forgetInChain(db, chain, before);
      forgotten += gone;
    }
  }
  return forgotten;
}
