// Chains the audit log by hashes, those entries too that are there already: they are vouched for from now on.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { auditHash, firstAuditHash } from '../../audit/audit-hash.ts';
import { sha256 } from '../../keys/ed25519.ts';
import { isPostgres } from '../is-postgres.ts';
import type { Database } from '../schema.ts';

export const auditChain: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema.alterTable('audit').addColumn('hash', 'text').execute();
    const rows = await db.selectFrom('audit').selectAll().orderBy('id').execute();
    if (rows.length === 0) return;
    await (isPostgres(db) ? sql`alter table audit disable trigger audit_refuses`.execute(db) : sql`drop trigger audit_refuses_update`.execute(db));
    let previous = firstAuditHash;
    for (const { id, hash: _none, ...words } of rows) {
      previous = auditHash(previous, words, sha256);
      await db.updateTable('audit').set({ hash: previous }).where('id', '=', id).execute();
    }
    if (isPostgres(db)) await sql`alter table audit enable trigger audit_refuses`.execute(db);
    else await sql`create trigger audit_refuses_update before update on audit begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
  },
};
