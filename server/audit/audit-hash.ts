// How the audit log is chained: the hash of an entry covers its words and the hash of the entry before.

export interface AuditWords {
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly subject: string;
  /** JSON texts. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Stands before the first entry. */
export const firstAuditHash = '0'.repeat(64);

export function auditHash(previous: string, { at, who, what, subject, before, after }: AuditWords, sha256: (text: string) => string): string {
  return sha256(JSON.stringify([previous, at, who, what, subject, before, after]));
}
