// Kysely on node:sqlite: a shim for SqliteDialect, one connection for all, and a guard against waiting on oneself.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
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

/** So many statements are kept ready; beyond that all go, and are made anew as they come. The stores have some hundred, and lists of some lengths. */
const mostReady = 256;

/** The part of a synchronous SQLite library that Kysely needs, over Node's own. Making a statement costs as much as running it, so each is kept by its text. */
function shim(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: true });
  // What is deleted is overwritten: the salt of a day that is over is gone for good.
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -2000; pragma secure_delete = on;');
  type Statement = ReturnType<SqliteDatabase['prepare']>;
  const ready = new Map<string, Statement>();
  const make = (text: string): Statement => {
    const statement = database.prepare(text);
    return {
      reader: statement.columns().length > 0,
      // Kysely passes what the stores gave it; node:sqlite throws for what SQLite cannot hold.
      all: (values) => statement.all(...(values as SQLInputValue[])),
      run: (values) => statement.run(...(values as SQLInputValue[])),
      // One that is gone through row by row is nobody else's meanwhile.
      iterate: (values) => database.prepare(text).iterate(...(values as SQLInputValue[])),
    };
  };
  return {
    close: () => database.close(),
    prepare(text) {
      const known = ready.get(text);
      if (known) return known;
      const statement = make(text);
      if (ready.size >= mostReady) ready.clear();
      ready.set(text, statement);
      return statement;
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
