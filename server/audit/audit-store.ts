// The audit log: who did what, with the state before and after. It only grows, and each entry carries the hash of all before it.
import { sha256 } from '../keys/ed25519.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { auditHash, firstAuditHash, type AuditWords } from './audit-hash.ts';

export interface AuditEntry {
  /** Name of the person or token, or `server`. */
  readonly who: string;
  /** What was done, such as `playlist.publish`. */
  readonly what: string;
  /** Id of what it was done to. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const text = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** One after the other: outside a transaction it opens one of its own. */
export async function appendAudit(db: Queries, at: number, { who, what, subject, before, after }: AuditEntry): Promise<void> {
  if (!db.isTransaction) return transact(db, (trx) => appendAudit(trx, at, { who, what, subject, before, after }));
  const words: AuditWords = { at, who, what, subject, before: text(before), after: text(after) };
  const hash = auditHash((await auditHead(db))?.hash ?? firstAuditHash, words, sha256);
  await db
    .insertInto('audit')
    .values({ ...words, hash })
    .execute();
}

export interface AuditHead {
  readonly id: number;
  readonly hash: string;
}

/** The latest entry, whose hash stands for the whole log. */
export async function auditHead(db: Queries): Promise<AuditHead | undefined> {
  const row = await db.selectFrom('audit').select(['id', 'hash']).orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row && { id: row.id, hash: row.hash ?? '' };
}

export async function auditHashOf(db: Queries, id: number): Promise<string | undefined> {
  return (await db.selectFrom('audit').select('hash').where('id', '=', id).executeTakeFirst())?.hash ?? undefined;
}

const pageSize = 2_000;

export interface AuditCheck {
  readonly entries: number;
  readonly head: AuditHead | undefined;
  /** The first entry that does not follow from those before it. */
  readonly brokenAt: number | undefined;
}

/** Works the whole chain out again. */
export async function checkAudit(db: Queries): Promise<AuditCheck> {
  let head: AuditHead | undefined;
  let entries = 0;
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('id', '>', head?.id ?? 0)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    for (const { id, hash, ...words } of rows) {
      const expected = auditHash(head?.hash ?? firstAuditHash, words, sha256);
      if (hash !== expected) return { entries, head, brokenAt: id };
      head = { id, hash: expected };
      entries += 1;
    }
    if (rows.length < pageSize) return { entries, head, brokenAt: undefined };
  }
}
