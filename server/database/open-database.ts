// Opens the server's database and brings it to the latest migration, forward only.
import { HandleEmptyInListsPlugin, Kysely, replaceWithNoncontingentExpression, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { spine } from './migrations/0001-spine.ts';
import { playProof } from './migrations/0003-play-proof.ts';
import { orders } from './migrations/0004-orders.ts';
import { people } from './migrations/0005-people.ts';
import { scans } from './migrations/0006-scans.ts';
import { approvals } from './migrations/0007-approvals.ts';
import { corrections } from './migrations/0008-corrections.ts';
import { accessGiven } from './migrations/0009-access-given.ts';
import { mediaLibrary } from './migrations/0010-media-library.ts';
import { holds } from './migrations/0011-holds.ts';
import { removedPlaylists } from './migrations/0012-removed-playlists.ts';
import { rollUps } from './migrations/0013-roll-ups.ts';
import { finalResults } from './migrations/0014-final-results.ts';
import { settings } from './migrations/0015-settings.ts';
import { objections } from './migrations/0016-objections.ts';
import { chosenHeadings } from './migrations/0017-chosen-headings.ts';
import { screenHistory } from './migrations/0018-screen-history.ts';
import { publishChecks } from './migrations/0019-publish-checks.ts';
import { targets } from './migrations/0020-targets.ts';
import { scheduledPublishes } from './migrations/0021-scheduled-publishes.ts';
import { channelRules } from './migrations/0022-channel-rules.ts';
import { auditChain } from './migrations/0023-audit-chain.ts';
import { reportTemplates } from './migrations/0024-report-templates.ts';
import { passkeys } from './migrations/0025-passkeys.ts';
import { awaitedManifests } from './migrations/0026-awaited-manifests.ts';
import { deputies } from './migrations/0027-deputies.ts';
import { layers } from './migrations/0028-layers.ts';
import { canaries } from './migrations/0029-canaries.ts';
import { folders } from './migrations/0030-folders.ts';
import { scanHours } from './migrations/0031-scan-hours.ts';
import { captureChecks } from './migrations/0032-capture-checks.ts';
import { technicianPins } from './migrations/0033-technician-pins.ts';
import { signedAlerts } from './migrations/0034-signed-alerts.ts';
import { operators } from './migrations/0035-operators.ts';
import { isPostgresUrl, namePlace } from './database-place.ts';
import { insideTransaction } from './inside-transaction.ts';
import type { Database } from './schema.ts';
import { StorePostgresDialect } from './postgres-connection.ts';
import { NodeSqliteDialect } from './sqlite-connection.ts';

/** What a store takes: the outer handle, or the transaction that it takes part in. */
export type Queries = Kysely<Database>;

const migrations = {
  ...{ '0001-spine': spine, '0003-play-proof': playProof, '0004-orders': orders, '0005-people': people, '0006-scans': scans },
  ...{ '0007-approvals': approvals, '0008-corrections': corrections, '0009-access-given': accessGiven, '0010-media-library': mediaLibrary },
  ...{ '0011-holds': holds, '0012-removed-playlists': removedPlaylists, '0013-roll-ups': rollUps, '0014-final-results': finalResults },
  ...{ '0015-settings': settings, '0016-objections': objections, '0017-chosen-headings': chosenHeadings, '0018-screen-history': screenHistory },
  ...{ '0019-publish-checks': publishChecks, '0020-targets': targets, '0021-scheduled-publishes': scheduledPublishes },
  ...{ '0022-channel-rules': channelRules, '0023-audit-chain': auditChain, '0024-report-templates': reportTemplates, '0025-passkeys': passkeys },
  ...{ '0026-awaited-manifests': awaitedManifests, '0027-deputies': deputies, '0028-layers': layers, '0029-canaries': canaries },
  ...{ '0030-folders': folders, '0031-scan-hours': scanHours, '0032-capture-checks': captureChecks, '0033-technician-pins': technicianPins },
  ...{ '0034-signed-alerts': signedAlerts, '0035-operators': operators },
};

/**
 * @param place the path of SQLite's file, or the URL of a PostgreSQL database
 * @throws the failed migration's error, or why the database cannot be opened
 */
export async function openDatabase(place: string): Promise<Queries> {
  const dialect = isPostgresUrl(place) ? new StorePostgresDialect(place) : new NodeSqliteDialect(place);
  // `in ()` is none of them to SQLite, and no sentence to PostgreSQL.
  const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })];
  const db: Queries = new Kysely<Database>({ dialect, plugins });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw unopened(place, error);
  }
  return db;
}

/** Why a database cannot be reached, without its password: a name server or a network answers with many faults at once, and without words. */
export function unopened(place: string, error: unknown): Error {
  const first = error instanceof AggregateError ? (error.errors as unknown[])[0] : error;
  if (!isPostgresUrl(place)) return first instanceof Error ? first : new Error('a migration failed', { cause: error });
  return new Error(`${namePlace(place)}: ${first instanceof Error ? first.message : String(first)}`, { cause: error });
}

/** Runs work in a transaction: all of it or none. A query on the outer handle inside it throws instead of hanging. */
export function transact<T>(db: Queries, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.transaction().execute((trx) => insideTransaction.run(true, () => work(trx)));
}
