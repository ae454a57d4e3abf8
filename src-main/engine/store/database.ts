import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';

export type SqliteClient = Database.Database;
export type Orm = BetterSQLite3Database<Record<string, never>>;

/** `full` survives power loss, `normal` only the death of the process (SQLite's `PRAGMA synchronous` in WAL mode). */
export type Synchronous = 'full' | 'normal';

/** A connection that may only read. */
export interface ReadUnit {
  readonly access: 'read' | 'write';
  readonly orm: Orm;
  readonly client: SqliteClient;
  /** A prepared statement, kept for the connection's life: for the few queries that every request needs. */
  statement(sql: string): Database.Statement;
}

/** A connection inside a write transaction; only the core thread and the command line hold one. */
export interface WriteUnit extends ReadUnit {
  readonly access: 'write';
}

/**
 * How services reach the store: they open a unit of work and never hold a connection. `read` sees one consistent state;
 * `write` runs in one immediate transaction that is rolled back when `work` throws.
 */
export interface UnitsOfWork {
  read<T>(work: (unit: ReadUnit) => T): T;
  write<T>(work: (unit: WriteUnit) => T): T;
}

/** The part of `UnitsOfWork` that queries need. */
export type Reader = Pick<UnitsOfWork, 'read'>;

/** Opens the store for writing. The caller closes the client. Throws what SQLite says when the file cannot be opened. */
export function openForWriting(file: string, synchronous: Synchronous): SqliteClient {
  const client = new Database(file, { timeout: 10_000 });
  client.pragma('journal_mode = WAL');
  client.pragma(`synchronous = ${synchronous}`);
  client.pragma('foreign_keys = ON');
  client.pragma('temp_store = MEMORY');
  client.pragma('cache_size = -16384');
  client.pragma('wal_autocheckpoint = 4000');
  return client;
}

/** Opens the store for queries beside the writer. */
export function openForReading(file: string): SqliteClient {
  const client = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
  client.pragma('temp_store = MEMORY');
  client.pragma('cache_size = -8192');
  return client;
}

/** Units of work over one connection for queries. Reads run one after another on this thread. */
export function readerOf(client: SqliteClient): Reader {
  const unit: ReadUnit = { access: 'read', orm: drizzle(client), client, statement: statementCache(client) };
  return { read: inOneState(client, unit) };
}

/** A connection for writing, as those see it who work within the caller's transactions. */
export function writeUnitOf(client: SqliteClient): WriteUnit {
  return { access: 'write', orm: drizzle(client), client, statement: statementCache(client) };
}

/** Units of work over a connection for writing. */
export function unitsOfWorkOf(client: SqliteClient): UnitsOfWork {
  const unit = writeUnitOf(client);
  return {
    read: inOneState(client, unit),
    write: (work) => client.transaction(() => work(unit)).immediate(),
  };
}

function statementCache(client: SqliteClient): ReadUnit['statement'] {
  const statements = new Map<string, Database.Statement>();
  return (sql) => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = client.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
}

/** Reads in one deferred transaction, so that all its queries see the same state. A read within a read joins it. */
function inOneState<Unit extends ReadUnit>(client: SqliteClient, unit: Unit): <T>(work: (unit: Unit) => T) => T {
  return (work) => {
    if (client.inTransaction) return work(unit);
    unit.statement('BEGIN').run();
    try {
      return work(unit);
    } finally {
      unit.statement('COMMIT').run();
    }
  };
}
