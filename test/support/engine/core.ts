import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Command, type CoreInput, type CoreResult, lagOf, type SequencedChange } from '#engine/core/inputs.ts';
import { openCore } from '#engine/core/open-core.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { openForReading, openForWriting, type Reader, readerOf, type SqliteClient } from '#engine/store/database.ts';
import { createLogger } from '#engine/telemetry/logger.ts';
import { traceContextFrom } from '#engine/telemetry/trace-context.ts';
import type { AlarmReport } from '#shared/events/events.ts';
import { report, start } from './reports.ts';

export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** What one batch did once it was worked in. */
export interface Applied {
  readonly results: readonly CoreResult[];
  readonly changes: readonly SequencedChange[];
}

/** The core on a real file, with a clock that stands until it is told to go on. */
export interface TestCore {
  readonly file: string;
  /** Accepts a batch and works it in. */
  apply(...inputs: readonly CoreInput[]): Applied;
  /** Accepts a batch and leaves it in the journal. */
  accept(...inputs: readonly CoreInput[]): readonly CoreResult[];
  /** Works in at most so many entries. */
  workIn(most: number): void;
  /** How many entries are accepted and not worked in. */
  lag(): number;
  /** One batch of one input, worked in; its result. */
  do(input: CoreInput): CoreResult;
  /** Lets correlation finish what it put off. */
  settle(): void;
  /** Does what is due by the clock. */
  tick(): boolean;
  /** Lets time pass, in seconds. */
  pass(seconds: number): void;
  /** Closes the store and opens it again, as a restart does, and works in what was left. */
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

/** Opens the core on `pedkai.db` in a folder; closed when the test is over. */
export function openTestCore(folder: string, log: (line: string) => void = () => undefined): TestCore {
  const file = path.join(folder, 'pedkai.db');
  let now = start;
  const changes: SequencedChange[] = [];
  const open = () =>
    openCore(
      { databaseFile: file, migrationsFolder, synchronous: 'normal', correlationWindowSeconds: 300 },
      createLogger(log, 'info', () => now),
      () => now,
      (windowSeconds) => createCorrelator({ windowSeconds }),
      { isWanted: () => true, publish: (told) => changes.push(...(told ?? [])) },
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
  const workEverythingIn = () => {
    while (lagOf(core.progress()) > 0) core.workIn(1_000);
  };
  workEverythingIn();
  const apply = (...inputs: readonly CoreInput[]): Applied => {
    changes.length = 0;
    const { results } = core.accept(inputs);
    workEverythingIn();
    return { results, changes: [...changes] };
  };
  return {
    file,
    apply,
    accept: (...inputs) => core.accept(inputs).results,
    workIn: (most) => core.workIn(most),
    lag: () => lagOf(core.progress()),
    do: (input) => {
      const [result] = apply(input).results;
      if (result === undefined) throw new Error('The core gave no answer.');
      return result;
    },
    settle: () => {
      core.settle();
    },
    tick: () => core.tick(),
    pass: (seconds) => {
      now += seconds * 1_000;
    },
    reopen: () => {
      close();
      core = open();
      isOpen = true;
      workEverythingIn();
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
