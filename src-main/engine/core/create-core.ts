import { z } from 'zod';
import type { AlarmIngested } from '#shared/events/events.ts';
import { createClustersHandler } from '../correlation/clusters-handler.ts';
import type { Correlator } from '../correlation/correlator.ts';
import { createIncidentsHandler } from '../incidents/incidents-handler.ts';
import type { SqliteClient } from '../store/database.ts';
import { errorFields, type Logger } from '../telemetry/logger.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';
import { createTopologyDirectory } from '../topology/topology-directory.ts';
import { runCommand } from './commands/run-command.ts';
import { createCorrelators } from './correlators.ts';
import { createHandlerPositions, createHandlers, type Handler } from './handler-registry.ts';
import type { BatchAnswer, CommandInput, CoreInput, CoreResult, ReportInput, SequencedChange } from './inputs.ts';
import type { JournalEntry } from './journal-entry.ts';
import { createCoreStores, WorkingSet } from './working-set.ts';

export interface CoreDeps {
  readonly client: SqliteClient;
  readonly logger: Logger;
  readonly clock: () => number;
  readonly createCorrelator: () => Correlator;
  /** How far back a cleared cluster still matters to correlation, milliseconds. */
  readonly correlationMemoryMilliseconds: number;
}

/** The only writer. One call is one transaction; what it answers is on disk. */
export interface Core {
  apply(inputs: readonly CoreInput[], wantsChanges: boolean): BatchAnswer;
}

const catchUpChunk = 1_000;
const sequenceSchema = z.number().default(0);

/**
 * Opens the core over a migrated store: builds the working state and lets every handler catch up with the journal.
 * The same code runs in the thread, in the command line and in tests.
 */
export function createCore(deps: CoreDeps): Core {
  const { client, logger, clock } = deps;
  const stores = createCoreStores(client);
  const positions = createHandlerPositions(client);
  const topology = createTopologyDirectory(client);
  const correlators = createCorrelators({
    create: deps.createCorrelator,
    clusters: stores.clusters,
    topology,
    clock,
    memoryMilliseconds: deps.correlationMemoryMilliseconds,
  });
  const clusters = createClustersHandler({
    correlatorOf: (tenantId) => correlators.of(tenantId),
    activeTenants: () => correlators.tenants(),
    topology,
  });
  const incidents = createIncidentsHandler(() => stores.clusters.withoutIncident());
  const handlers = createHandlers(clusters, incidents);
  const readSequence = client.prepare('SELECT value FROM change_sequence WHERE id = 1').pluck();
  const saveSequence = client.prepare(
    'INSERT INTO change_sequence (id, value) VALUES (1, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  let sequence = sequenceSchema.parse(readSequence.get());

  const forgetWorkingState = () => {
    correlators.reset();
    clusters.reset();
    incidents.reset();
    for (const tenantId of stores.clusters.tenants()) topology.forget(tenantId);
    sequence = sequenceSchema.parse(readSequence.get());
  };

  const finish = (set: WorkingSet, journaled: boolean, wantsChanges: boolean): readonly SequencedChange[] | null => {
    const flushed = set.flush(sequence + 1, wantsChanges);
    if (journaled) {
      const head = stores.journal.head();
      for (const handler of handlers) positions.save(handler.name, head);
    }
    if (flushed.sequence > sequence) {
      sequence = flushed.sequence;
      saveSequence.run(sequence);
    }
    return wantsChanges ? flushed.changes : null;
  };

  const handleAll = (entries: readonly JournalEntry[], set: WorkingSet) => {
    for (const handler of handlers) handler.handle(entries, set);
  };

  const inOneTransaction = client.transaction((inputs: readonly CoreInput[], wantsChanges: boolean): BatchAnswer => {
    const set = new WorkingSet(stores, clock());
    const results: CoreResult[] = [];
    let waiting: JournalEntry[] = [];
    let journaled = false;
    const work = () => {
      if (waiting.length === 0) return;
      const entries = waiting;
      waiting = [];
      handleAll(entries, set);
    };
    for (const input of inputs) {
      if (input.kind === 'rejections') {
        set.count(input.tenantId, 'rejected', input.count);
        results.push({ kind: 'noted' });
        continue;
      }
      if (input.kind === 'settle') {
        work();
        set.because(input);
        clusters.settle(set);
        incidents.settle(set);
        results.push({ kind: 'noted' });
        journaled = true;
        continue;
      }
      if (input.kind === 'report') {
        set.because(input);
        const { result, entry } = journalReport(input, set);
        if (entry !== null) waiting.push(entry);
        results.push(result);
      } else {
        work();
        set.because(input);
        results.push(command(input, set));
      }
      journaled = true;
    }
    work();
    return { results, changes: finish(set, journaled, wantsChanges) };
  });

  const command = (input: CommandInput, set: WorkingSet): CoreResult =>
    runCommand(
      {
        set,
        input,
        apply: (entries) => handleAll(entries, set),
        topologyChanged: (tenantId) => correlators.topologyChanged(tenantId),
      },
      topology,
    );

  /** Keeps what was sent even though a handler fails on it: first the journal, then each entry on its own. */
  const carefully = (inputs: readonly CoreInput[], cause: unknown): BatchAnswer => {
    logger.error('apply', 'A batch failed as a whole; its entries are worked in one by one.', errorFields(cause));
    forgetWorkingState();
    const results = inputs.flatMap((input) => {
      try {
        return inOneTransaction.immediate([input], false).results;
      } catch (error) {
        forgetWorkingState();
        return [input.kind === 'report' ? keepOnly(input, error) : failed(input, error)];
      }
    });
    return { results, changes: null };
  };

  const failed = (input: Exclude<CoreInput, ReportInput>, error: unknown): CoreResult => {
    logger.error('apply', 'An input could not be carried out.', { event_id: input.entryId, ...errorFields(error) });
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  };

  const keepOnly = (input: ReportInput, error: unknown): CoreResult => {
    const message = error instanceof Error ? error.message : String(error);
    logger.error('apply', 'A report is kept in the journal, but could not be worked in.', {
      event_id: input.report.event_id ?? input.entryId,
      ...errorFields(error),
    });
    return client
      .transaction((): CoreResult => {
        const set = new WorkingSet(stores, clock());
        const { result, entry } = journalReport(input, set);
        if (entry !== null) {
          set.count(input.tenantId, 'new');
          for (const handler of handlers) positions.save(handler.name, entry.position);
          positions.fault('chain', entry.position, set.now, message);
        }
        set.flush(sequence + 1, false);
        return result;
      })
      .immediate();
  };

  /** Gives each handler the entries that it has not worked in yet, as they were at the time. Nothing is journaled again. */
  const catchUp = () => {
    const reached = positions.read();
    const positionOf = (handler: Handler) => reached.get(handler.name) ?? 0;
    const head = stores.journal.head();
    let position = Math.min(head, ...handlers.map(positionOf));
    while (position < head) {
      const entries = stores.journal.readAfter(position, catchUpChunk);
      const last = entries.at(-1);
      if (last === undefined) break;
      position = last.position;
      client
        .transaction(() => {
          for (const entry of entries) {
            const set = new WorkingSet(stores, entry.recordedAt, { isCatchingUp: true });
            set.because({ entryId: entry.entryId, trace: traceOf(entry) });
            for (const handler of handlers) if (positionOf(handler) < entry.position) handler.handle([entry], set);
            sequence = set.flush(sequence + 1, false).sequence;
          }
          for (const handler of handlers) if (positionOf(handler) < position) positions.save(handler.name, position);
          saveSequence.run(sequence);
        })
        .immediate();
    }
  };

  catchUp();
  for (const tenantId of stores.clusters.tenants()) correlators.of(tenantId);

  return {
    apply(inputs, wantsChanges) {
      try {
        return inOneTransaction.immediate(inputs, wantsChanges);
      } catch (error) {
        return carefully(inputs, error);
      }
    },
  };
}

/** Puts a report into the journal. The same input sent again after a crash is accepted again; another one of the same id is a duplicate. */
function journalReport(
  input: ReportInput,
  set: WorkingSet,
): { readonly result: CoreResult; readonly entry: JournalEntry | null } {
  const { report, tenantId, entryId, trace } = input;
  const eventId = report.event_id ?? entryId;
  const event: AlarmIngested = {
    event_id: eventId,
    tenant_id: tenantId,
    timestamp: report.severity === 'cleared' ? (report.cleared_at ?? report.raised_at) : report.raised_at,
    event_type: 'alarm.ingested',
    trace_id: trace.traceId,
    entity_id: report.entity_id,
    alarm_type: report.alarm_type,
    severity: report.severity,
    raised_at: report.raised_at,
    source_system: report.source_system,
    specific_problem: report.specific_problem ?? '',
    probable_cause: report.probable_cause ?? null,
    text: report.text ?? '',
    cleared_at: report.cleared_at ?? null,
  };
  const entry = set.stores.journal.append(event, { entryId, recordedAt: set.now, correlationId: trace.correlationId });
  if (entry !== null) return { result: { kind: 'accepted', eventId }, entry };
  if (set.stores.journal.entryIdOf(tenantId, eventId) === entryId)
    return { result: { kind: 'accepted', eventId }, entry: null };
  set.count(tenantId, 'duplicate');
  return { result: { kind: 'duplicate', eventId }, entry: null };
}

/** The trace of an event that is worked in long after its request. */
function traceOf(entry: JournalEntry): TraceContext {
  return { traceId: entry.event.trace_id, spanId: '0'.repeat(16), correlationId: entry.event.trace_id };
}
