// Kysely on node:sqlite: a shim for SqliteDialect, one connection for all, and a guard against waiting on oneself.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, SqliteDriver, type DatabaseConnection, type SqliteDatabase, type SqliteDialectConfig } from 'kysely';
import { insideTransaction } from './inside-transaction.ts';

class SharedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    // The driver below queues by itself, so that it can refuse.
    return true;
  }
}

/** Hands out the one connection in turn; refuses whoever already holds it. */
class OneConnectionDriver extends SqliteDriver {
  #last: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    if (insideTransaction.getStore()) throw new Error('a query inside a transaction has to use the transaction, not the outer handle');
    const before = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    await super.releaseConnection();
    this.#release?.();
  }
}

/** The stores' own sentences are some hundreds; lists of many lengths make more. */
const keptStatements = 1_000;

/** The part of a synchronous SQLite library that Kysely needs, over Node's own. */
function shim(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: true });
  // What is deleted is overwritten: the salt of a day that is over is gone for good.
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -2000; pragma secure_delete = on;');
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const statement = prepared.get(text) ?? database.prepare(text);
    if (prepared.size >= keptStatements) prepared.clear();
    prepared.set(text, statement);
    return statement;
  };
  return {
    close: () => database.close(),
    prepare(text) {
      const statement = prepare(text);
      return {
        reader: statement.columns().length > 0,
        // Kysely passes what the stores gave it; node:sqlite throws for what SQLite cannot hold.
        all: (values) => statement.all(...(values as SQLInputValue[])),
        run: (values) => statement.run(...(values as SQLInputValue[])),
        iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
      };
    },
  };
}

export class NodeSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(path: string) {
    const config: SqliteDialectConfig = { database: async () => shim(path) };
    super(config);
    this.#config = config;
  }

  override createDriver(): OneConnectionDriver {
    return new OneConnectionDriver(this.#config);
  }

  override createAdapter(): SharedAdapter {
    return new SharedAdapter();
  }
}
