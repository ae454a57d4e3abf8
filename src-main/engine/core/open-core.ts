import { v7 as uuidv7 } from 'uuid';
import type { Correlator } from '../correlation/correlator.ts';
import { openForWriting, type Synchronous } from '../store/database.ts';
import { applyMigrations } from '../store/migrate.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type Core, createCore } from './create-core.ts';
import type { ChangeSink } from './inputs.ts';

/** What the core needs to know, as plain data: it crosses into the thread. */
export interface CoreSettings {
  readonly databaseFile: string;
  readonly migrationsFolder: string;
  readonly synchronous: Synchronous;
  readonly correlationWindowSeconds: number;
}

export interface OpenCore extends Core {
  close(): void;
}

/** Opens and migrates the store and makes the core over it. Throws StoreError, or what SQLite says. */
export function openCore(
  settings: CoreSettings,
  logger: Logger,
  clock: () => number,
  createCorrelator: (windowSeconds: number) => Correlator,
  changes: ChangeSink,
): OpenCore {
  const client = openForWriting(settings.databaseFile, settings.synchronous);
  try {
    applyMigrations(client, settings.migrationsFolder);
    const core = createCore({
      client,
      synchronous: settings.synchronous,
      logger: logger.child('core'),
      clock,
      newId: () => uuidv7(),
      changes,
      createCorrelator: () => createCorrelator(settings.correlationWindowSeconds),
      correlationWindowSeconds: settings.correlationWindowSeconds,
      correlationMemoryMilliseconds: settings.correlationWindowSeconds * 1_000 * 12,
    });
    return { ...core, close: () => client.close() };
  } catch (error) {
    client.close();
    throw error;
  }
}
