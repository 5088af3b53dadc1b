// A change of settings waits for a second person: asked for by one, seen and carried out by another, dropped by anybody.
import type { Basis } from '../../core/approval-api.ts';
import { holdLimitsOf } from '../../core/campaign.ts';
import { errors, type ErrorCode } from '../../core/errors.ts';
import { fieldChanges } from '../../core/field-changes.ts';
import type { AskedChange } from '../../core/settings-api.ts';
import { isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Queries } from '../database/open-database.ts';
import { isOneCircle } from '../people/access-given-store.ts';
import { isInDuty } from '../people/duty.ts';
import { findPerson } from '../people/person-store.ts';
import { addAsked, digestOf, openAsked, settleAsked, type Asked } from './asked-store.ts';

/** What a change is about, as the server has it now. */
export interface Subject {
  readonly name: string;
  readonly unit: string | null;
  /** JSON text of what stands. */
  readonly standing: string;
}

export interface Wish extends Pick<Asked, 'kind' | 'subject' | 'before' | 'after' | 'loosens'> {
  readonly basis: Basis | undefined;
}

/** Keeps what one person wants, in place of what the same person wanted before. @returns its id @throws ApiFailure */
export async function askSecond(db: Queries, caller: Caller, wish: Wish, now: number): Promise<string> {
  if (wish.loosens && wish.basis === undefined) throw new ApiFailure('loosening-needs-basis');
  const rows = await db
    .selectFrom('asked_changes')
    .select(['id', 'asker', 'asker_name', 'asked_at'])
    .where('kind', '=', wish.kind)
    .where('subject', '=', wish.subject)
    .where('outcome', 'is', null)
    .execute();
  const waiting = await openAsked(db, now);
  for (const { id, asker, asker_name: by, asked_at: at } of rows) {
    if (asker !== caller.id && waiting.some((each) => each.id === id)) throw new ApiFailure('change-open', { by, at });
    await settleAsked(db, id, 'replaced', caller.name, now);
  }
  return addAsked(db, { ...wish, basis: wish.basis ?? null, asker: caller.id, askerName: caller.name, askedAt: now });
}

/** Why a caller may not carry a change out; undefined for whoever may. */
export async function whyNotSecond(db: Queries, caller: Caller, asked: Asked, { unit, standing }: Subject, now: number): Promise<ErrorCode | undefined> {
  if (asked.before !== standing) return 'approval-void';
  if (!isAtLeast(caller.role, 'admin')) return caller.heldBack === undefined ? 'not-allowed' : 'second-factor-needed';
  if (!(await isInDuty(db, caller, unit))) return 'outside-own-unit';
  if (asked.asker === caller.id) return 'approval-own';
  if (await isOneCircle(db, caller.id, [asked.asker], now)) return 'approval-fresh';
  return (await findPerson(db, caller.id))?.hasSecondFactor ? undefined : 'second-factor-needed';
}

/** What a person compares: where a campaign says no limits, the usual ones. */
function comparable(kind: Asked['kind'], text: string): object {
  const document = JSON.parse(text) as object;
  // The list says the same as the rules or layers in words.
  if (kind === 'rules' || kind === 'layers') return { ...document, list: undefined };
  return kind === 'campaign' || kind === 'next-campaign' ? { ...document, holds: holdLimitsOf(document) } : document;
}

export async function askedView(db: Queries, caller: Caller, asked: Asked, subject: Subject, now: number): Promise<Omit<AskedChange, 'awaits'>> {
  const { id, kind, before, after, loosens, basis, askerName, askedAt } = asked;
  const refusal = await whyNotSecond(db, caller, asked, subject, now);
  return {
    ...{ id, kind, loosens, basis, digest: digestOf(asked) },
    subject: { id: asked.subject, name: subject.name },
    changes: fieldChanges(comparable(kind, before), comparable(kind, after)),
    asked: { by: askerName, at: askedAt },
    may: { confirm: refusal === undefined, drop: isAtLeast(caller.role, 'admin') && (await isInDuty(db, caller, subject.unit)) },
    why: refusal === undefined ? null : { vi: errors[refusal].vi, en: errors[refusal].en },
  };
}
