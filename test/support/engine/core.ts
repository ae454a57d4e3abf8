import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { BatchAnswer, Command, CoreInput, CoreResult } from '#engine/core/inputs.ts';
import { openCore } from '#engine/core/open-core.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { openForReading, openForWriting, type Reader, readerOf, type SqliteClient } from '#engine/store/database.ts';
import { createLogger } from '#engine/telemetry/logger.ts';
import { traceContextFrom } from '#engine/telemetry/trace-context.ts';
import type { AlarmReport } from '#shared/events/events.ts';
import { report, start } from './reports.ts';

export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** The core on a real file, with a clock that stands until it is told to go on. */
export interface TestCore {
  readonly file: string;
  apply(...inputs: readonly CoreInput[]): BatchAnswer;
  /** One batch of one input; its result. */
  do(input: CoreInput): CoreResult;
  /** Lets correlation finish what it put off. */
  settle(): void;
  /** Lets time pass, in seconds. */
  pass(seconds: number): void;
  /** Closes the store and opens it again, as a restart does. */
  reopen(): void;
  close(): void;
  /** Rows of a query on a connection of its own. */
  rows(sql: string, ...values: readonly unknown[]): unknown[];
  readonly reader: Reader;
  /** A second connection for writing, for what no core does. */
  tamper(work: (client: SqliteClient) => void): void;
}

let numbers = 0;
/** An id that no other input of this run has, in rising order. */
export const nextId = (): string => `n-${String(++numbers).padStart(9, '0')}`;

export function reportInput(fields: Partial<AlarmReport> = {}, tenantId = 'acme', entryId = nextId()): CoreInput {
  return { kind: 'report', entryId, tenantId, report: report(fields), trace: traceContextFrom(undefined, undefined) };
}

export function commandInput(command: Command, tenantId = 'acme', entryId = nextId()): CoreInput {
  return {
    kind: 'command',
    entryId,
    tenantId,
    operator: 'ana',
    command,
    trace: traceContextFrom(undefined, undefined),
  };
}

export function rejectionsInput(count: number, tenantId = 'acme', entryId = nextId()): CoreInput {
  return { kind: 'rejections', entryId, tenantId, count };
}

export function settleInput(): CoreInput {
  return { kind: 'settle', entryId: nextId(), trace: traceContextFrom(undefined, undefined) };
}

/** Opens the core on `pedkai.db` in a folder; closed when the test is over. */
export function openTestCore(folder: string, log: (line: string) => void = () => undefined): TestCore {
  const file = path.join(folder, 'pedkai.db');
  let now = start;
  const open = () =>
    openCore(
      { databaseFile: file, migrationsFolder, synchronous: 'normal', correlationWindowSeconds: 300 },
      createLogger(log, 'info', () => now),
      () => now,
      (windowSeconds) => createCorrelator({ windowSeconds }),
    );
  let core = open();
  let isOpen = true;
  const readClient = openForReading(file);
  const close = () => {
    if (isOpen) core.close();
    isOpen = false;
  };
  onTestFinished(() => {
    close();
    readClient.close();
  });
  const apply = (...inputs: readonly CoreInput[]) => core.apply(inputs, true);
  return {
    file,
    apply,
    do: (input) => {
      const [result] = apply(input).results;
      if (result === undefined) throw new Error('The core gave no answer.');
      return result;
    },
    settle: () => {
      apply({ kind: 'settle', entryId: nextId(), trace: traceContextFrom(undefined, undefined) });
    },
    pass: (seconds) => {
      now += seconds * 1_000;
    },
    reopen: () => {
      close();
      core = open();
      isOpen = true;
    },
    close,
    rows: (sql, ...values) => readClient.prepare(sql).all(...values),
    reader: readerOf(readClient),
    tamper: (work) => {
      const client = openForWriting(file, 'normal');
      try {
        work(client);
      } finally {
        client.close();
      }
    },
  };
}
