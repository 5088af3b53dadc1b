// What becomes of a held import: released or refused by a second person, or withdrawn by whoever sent it. Each act is checked anew, in one transaction.
import type { z } from 'zod';
import type { releaseSchema } from '../../core/hold-api.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { compareImport, digestOf, numberInForce } from './compare-import.ts';
import { findHeld, settleHeld, type HeldImport, type Settlement } from './hold-store.ts';
import { findImport, setImportState } from './import-store.ts';
import { publishImport } from './publish-import.ts';
import { isOwn, whyNotSecond } from './second-person.ts';
import type { CurrentSnapshots } from './snapshot-store.ts';

export interface HoldDesk {
  release(caller: Caller, id: string, release: z.output<typeof releaseSchema>): Promise<CurrentSnapshots>;
  refuse(caller: Caller, id: string, reason: string): Promise<void>;
  withdraw(caller: Caller, id: string): Promise<void>;
}

/** @throws ApiFailure */
async function requireWaiting(trx: Queries, id: string): Promise<HeldImport> {
  const held = await findHeld(trx, id);
  if (!held) throw new ApiFailure('not-found');
  if (held.state !== 'waiting') throw new ApiFailure('hold-settled', { state: held.state, ...held.settled, snapshot: held.snapshot });
  return held;
}

export function holdDesk({ db, keys, now, audit }: Pick<ServerContext, 'db' | 'keys' | 'now' | 'audit'>): HoldDesk {
  const settle = async (trx: Queries, id: string, settlement: Settlement): Promise<void> => {
    if (!(await settleHeld(trx, id, settlement))) throw new ApiFailure('hold-settled');
  };
  const drop = (caller: Caller, id: string, state: 'refused' | 'withdrawn', reason: string, check: (held: HeldImport) => void): Promise<void> =>
    transact(db, async (trx) => {
      const held = await requireWaiting(trx, id);
      check(held);
      await settle(trx, id, { state, by: caller.name, at: now(), reason });
      await setImportState(trx, id, 'dropped');
      const what = state === 'refused' ? 'scoreboard.refuse' : 'scoreboard.hold.withdraw';
      await audit({ who: caller.name, what, subject: id, before: { asked: held.askerName, holds: held.holds }, after: { state, reason } }, trx);
    });

  return {
    release: (caller, id, { digest, reason }) =>
      transact(db, async (trx) => {
        const held = await requireWaiting(trx, id);
        const pending = await findImport(trx, id);
        if (!pending) throw new ApiFailure('not-found');
        const refusal = await whyNotSecond(trx, caller, held, { sample: pending.preview.sample, now: now(), own: 'hold-own' });
        if (refusal) throw new ApiFailure(refusal);
        const compared = await compareImport(trx, pending, held.basis);
        if (!compared.ok) throw new ApiFailure(compared.reason);
        if (digestOf(compared, held.reason) !== digest) throw new ApiFailure('hold-changed');
        const snapshots = await publishImport(trx, { keys, now }, { pending, compared, author: held.askerName, reason: held.reason });
        const { number } = snapshots.current.snapshot;
        const { holds, inForce } = compared;
        const became = { holds, comparedWith: numberInForce(inForce), snapshot: number };
        await settle(trx, id, { state: 'released', by: caller.name, at: now(), reason, became });
        await audit(
          {
            who: caller.name,
            what: 'scoreboard.release',
            subject: id,
            before: { number: numberInForce(inForce), asked: held.askerName, reason: held.reason },
            after: { number, sha256: snapshots.current.sha256, digest, reason, holds, ...(held.basis ? { basis: held.basis } : {}) },
          },
          trx,
        );
        return snapshots;
      }),

    refuse: (caller, id, reason) => drop(caller, id, 'refused', reason, () => undefined),

    withdraw: (caller, id) =>
      drop(caller, id, 'withdrawn', '', (held) => {
        if (!isOwn(caller, held)) throw new ApiFailure('not-allowed');
      }),
  };
}
