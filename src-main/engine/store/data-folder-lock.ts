import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

/** Who holds a data folder. */
export const lockHolderSchema = z.object({ pid: z.int(), url: z.string().nullable() });
export type LockHolder = z.infer<typeof lockHolderSchema>;

export interface DataFolderLock {
  /** Tells others where this engine answers. */
  announce(url: string): void;
  release(): void;
}

export type LockAttempt =
  | { readonly held: false; readonly lock: DataFolderLock }
  | { readonly held: true; readonly holder: LockHolder | null };

const holderFile = (folder: string) => path.join(folder, 'engine.json');

/**
 * Takes the data folder for this process. The lock is SQLite's own file lock on `engine.lock`, so that the operating
 * system frees it when the process dies, however it dies.
 */
export function takeDataFolder(folder: string, pid: number): LockAttempt {
  const client = new Database(path.join(folder, 'engine.lock'), { timeout: 0 });
  try {
    client.pragma('journal_mode = DELETE');
    client.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    client.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return { held: true, holder: readHolder(folder) };
    throw error;
  }
  const write = (url: string | null) =>
    writeFileSync(holderFile(folder), `${JSON.stringify({ pid, url })}\n`, { mode: 0o600 });
  write(null);
  return {
    held: false,
    lock: {
      announce: write,
      release: () => {
        rmSync(holderFile(folder), { force: true });
        if (client.open) {
          client.exec('ROLLBACK');
          client.close();
        }
      },
    },
  };
}

/** Whether an engine runs on the folder, and where; null when none does. Never keeps the lock. */
export function findHolder(folder: string, pid: number): LockHolder | 'unknown' | null {
  const attempt = takeDataFolder(folder, pid);
  if (attempt.held) return attempt.holder ?? 'unknown';
  attempt.lock.release();
  return null;
}

function readHolder(folder: string): LockHolder | null {
  try {
    return lockHolderSchema.parse(JSON.parse(readFileSync(holderFile(folder), 'utf8')));
  } catch {
    return null;
  }
}
