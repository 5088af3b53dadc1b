// Who is the second person for figures that one alone does not publish or make final.
import type { ErrorCode } from '../../core/errors.ts';
import { isAtLeast, type Caller } from '../access.ts';
import type { Queries } from '../database/open-database.ts';
import { isOneCircle } from '../people/access-given-store.ts';
import { findPerson } from '../people/person-store.ts';
import { senderOf } from './sender.ts';

export interface Firsts {
  /** As `person:` or `token:` and the id. */
  readonly asker: string;
  /** Ids of the people behind what was asked. */
  readonly firsts: readonly string[];
}

/** Whether what was asked is the caller's own: sent, confirmed, or sent by a program whose token the caller made. */
export const isOwn = (caller: Pick<Caller, 'kind' | 'id'>, { asker, firsts }: Firsts): boolean =>
  asker === senderOf(caller) || (caller.kind === 'person' && firsts.includes(caller.id));

export interface Asked {
  /** Made-up figures reach no real screen, so no second factor is asked for. */
  readonly sample: boolean;
  readonly now: number;
  /** What whoever asked is told. */
  readonly own: ErrorCode;
}

/** Why a person is not the second one; undefined for whoever is. */
export async function whyNotSecond(db: Queries, caller: Caller, firsts: Firsts, { sample, now, own }: Asked): Promise<ErrorCode | undefined> {
  if (!isAtLeast(caller.role, 'approver')) return caller.heldBack === undefined ? 'not-allowed' : 'second-factor-needed';
  if (caller.unit !== undefined) return 'outside-own-unit';
  if (isOwn(caller, firsts)) return own;
  if (await isOneCircle(db, caller.id, firsts.firsts, now)) return 'approval-fresh';
  return sample || (await findPerson(db, caller.id))?.hasSecondFactor ? undefined : 'second-factor-needed';
}
