import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { createInProcessHost } from '#engine/core/in-process-host.ts';
import type { CoreHost } from '#engine/core/inputs.ts';
import { openCore } from '#engine/core/open-core.ts';
import { createLiveCorrelator } from '#engine/correlation/live-correlator.ts';
import { type EngineSettings, loadSettings, SettingsError } from '#engine/settings/load-settings.ts';
import { type LockHolder, takeDataFolder } from '#engine/store/data-folder-lock.ts';
import {
  openForReading,
  openForWriting,
  type Reader,
  readerOf,
  type SqliteClient,
  type UnitsOfWork,
  unitsOfWorkOf,
} from '#engine/store/database.ts';
import { applyMigrations, StoreError } from '#engine/store/migrate.ts';
import { createLogger } from '#engine/telemetry/logger.ts';
import { CommandError } from '../command-error.ts';
import { migrationsFolder } from '../surroundings.ts';

/** Settings of a data folder, with a bad file answered as wrong usage. */
export function settingsOf(dataDir: string): EngineSettings {
  try {
    return loadSettings(dataDir, process.env);
  } catch (error) {
    if (error instanceof SettingsError) throw new CommandError(2, error.message);
    throw error;
  }
}

const databaseOf = (settings: EngineSettings) => path.join(settings.dataFolder, 'pedkai.db');

/** What is wrong with a store, as one line; anything else is passed on. */
function asCommandError(error: unknown, settings: EngineSettings): unknown {
  if (error instanceof StoreError) return new CommandError(1, error.message);
  if (error instanceof Database.SqliteError)
    return new CommandError(1, `The store ${databaseOf(settings)} cannot be used: ${error.message}`);
  return error;
}

/** Reads a store, beside a running engine too. */
export function withReader<T>(dataDir: string, work: (reader: Reader) => T): T {
  const settings = settingsOf(dataDir);
  const file = databaseOf(settings);
  if (!existsSync(file)) throw new CommandError(1, `There is no Pedkai store in ${path.dirname(file)}.`);
  let client: SqliteClient | null = null;
  try {
    client = openForReading(file);
    return work(readerOf(client));
  } catch (error) {
    throw asCommandError(error, settings);
  } finally {
    client?.close();
  }
}

/** Writes a few rows, beside a running engine too: for tokens, which the engine reads at every request. */
export function withUnitsOfWork<T>(dataDir: string, work: (units: UnitsOfWork) => T): T {
  const settings = settingsOf(dataDir);
  let client: SqliteClient | null = null;
  try {
    client = openForWriting(databaseOf(settings), settings.store.synchronous);
    applyMigrations(client, migrationsFolder);
    return work(unitsOfWorkOf(client));
  } catch (error) {
    throw asCommandError(error, settings);
  } finally {
    client?.close();
  }
}

/** The engine's core over a data folder that nobody else holds; or who holds it. */
export async function withCore<T>(
  dataDir: string,
  work: (host: CoreHost) => Promise<T>,
  whenHeld: (holder: LockHolder, settings: EngineSettings) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(dataDir);
  const attempt = takeDataFolder(settings.dataFolder, process.pid);
  if (attempt.held) {
    if (attempt.holder === null) throw new CommandError(1, `The data folder ${settings.dataFolder} is in use.`);
    return whenHeld(attempt.holder, settings);
  }
  try {
    const logger = createLogger(
      (line) => process.stderr.write(`${line}\n`),
      settings.log.level === 'info' ? 'warn' : settings.log.level,
      Date.now,
    );
    const core = openCore(
      {
        databaseFile: databaseOf(settings),
        migrationsFolder,
        synchronous: settings.store.synchronous,
        correlationWindowSeconds: settings.correlation.window_seconds,
      },
      logger,
      Date.now,
      createLiveCorrelator,
      { isWanted: () => false, publish: () => undefined },
    );
    const host = createInProcessHost(core, logger);
    try {
      return await work(host);
    } finally {
      await host.stop();
    }
  } catch (error) {
    throw asCommandError(error, settings);
  } finally {
    attempt.lock.release();
  }
}
