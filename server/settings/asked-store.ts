// Changes of settings that wait for a second person. A row is never deleted.
import { randomUUID } from 'node:crypto';
import type { Basis } from '../../core/approval-api.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import { sha256 } from '../keys/ed25519.ts';
import { readBasis } from '../publishing/approval-store.ts';

/** What one person asked is not waited for longer than this: a long weekend. */
const askedMs = 4 * 24 * 3_600_000;

export interface Asked {
  readonly id: string;
  readonly kind: Row<'asked_changes'>['kind'];
  readonly subject: string;
  /** JSON texts of what stood and what would stand. */
  readonly before: string;
  readonly after: string;
  readonly loosens: boolean;
  readonly basis: Basis | null;
  readonly asker: string;
  readonly askerName: string;
  readonly askedAt: number;
  readonly outcome: Row<'asked_changes'>['outcome'];
}

function toAsked({ basis, loosens, asker_name, asked_at, ...row }: Row<'asked_changes'>): Asked {
  const { id, kind, subject, before, after, asker, outcome } = row;
  return { id, kind, subject, before, after, asker, outcome, basis: readBasis(basis), loosens: loosens === 1, askerName: asker_name, askedAt: asked_at };
}

/** Of exactly what stands and what would stand. */
export function digestOf({ kind, subject, before, after }: Asked): string {
  return sha256(Buffer.from(`ihanoi/1/change\n${JSON.stringify([kind, subject, before, after])}`));
}

/** The oldest first. */
export async function openAsked(db: Queries, now: number): Promise<Asked[]> {
  const rows = await db
    .selectFrom('asked_changes')
    .selectAll()
    .where('outcome', 'is', null)
    .where('asked_at', '>', now - askedMs)
    .orderBy('asked_at')
    .execute();
  return rows.map(toAsked);
}

export async function findAsked(db: Queries, id: string): Promise<Asked | undefined> {
  const row = await db.selectFrom('asked_changes').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toAsked(row);
}

/** Asks; what was open of the same subject has been settled before. */
export async function addAsked(db: Queries, asked: Omit<Asked, 'id' | 'outcome'>): Promise<string> {
  const { kind, subject, before, after, loosens, basis, asker, askerName, askedAt } = asked;
  const id = randomUUID();
  const texts = { basis: basis === null ? null : JSON.stringify(basis), loosens: loosens ? (1 as const) : (0 as const) };
  await db
    .insertInto('asked_changes')
    .values({
      id,
      kind,
      subject,
      before,
      after,
      ...texts,
      asker,
      asker_name: askerName,
      asked_at: askedAt,
      outcome: null,
      settler_name: null,
      settled_at: null,
    })
    .execute();
  return id;
}

/** Only one caller ever settles a change. */
export async function settleAsked(db: Queries, id: string, outcome: NonNullable<Asked['outcome']>, by: string, at: number): Promise<boolean> {
  const settled = await db
    .updateTable('asked_changes')
    .set({ outcome, settler_name: by, settled_at: at })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return settled !== undefined;
}
