// The audit log: who did what, with the state before and after. It only grows.
import type { Queries } from '../database/open-database.ts';

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

export async function appendAudit(db: Queries, at: number, { who, what, subject, before, after }: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({ at, who, what, subject, before: text(before), after: text(after) })
    .execute();
}
