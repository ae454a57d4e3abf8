import { createAlarmsHandler } from '../alarms/alarms-handler.ts';
import { preferencesOfHabits, rulesOfHabits } from '../corrections/habit-rules.ts';
import { causesInForce } from '../correlation/causes/cause-store.ts';
import { createJournalLearning } from '../correlation/causes/journal-learning.ts';
import { createClustersHandler } from '../correlation/clusters-handler.ts';
import type { Correlator } from '../correlation/correlator.ts';
import { rulesInForce } from '../grouping-rules/rules-store.ts';
import { createIncidentsHandler } from '../incidents/incidents-handler.ts';
import { createMaintenanceBook } from '../noise/maintenance-book.ts';
import { createNoiseClock } from '../noise/noise-clock.ts';
import type { SqliteClient, Synchronous } from '../store/database.ts';
import { isStoreTrouble } from '../store/store-trouble.ts';
import { errorFields, type Logger } from '../telemetry/logger.ts';
import { traceContextFrom } from '../telemetry/trace-context.ts';
import { createTopologyDirectory } from '../topology/topology-directory.ts';
import { acceptReport } from './accept-report.ts';
import { createBacklog } from './backlog.ts';
import { catchUp } from './catch-up.ts';
import type { CommandContext } from './commands/command-context.ts';
import { runCommand, seesState } from './commands/run-command.ts';
import { createCommits } from './commits.ts';
import { createCorrelators } from './correlators.ts';
import { consequences, createHandlerPositions, createHandlers } from './handler-registry.ts';
import type { BatchAnswer, ChangeSink, CommandInput, CoreInput, CoreProgress, CoreResult } from './inputs.ts';
import { type JournalEntry, traceOf } from './journal-entry.ts';
import { createCoreStores, type WorkingSet } from './working-set.ts';

export interface CoreDeps {
  readonly client: SqliteClient;
  /** How commits of what cannot be derived again reach the disk. */
  readonly synchronous: Synchronous;
  readonly logger: Logger;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly createCorrelator: () => Correlator;
  /** How far back a cleared cluster still matters to correlation, milliseconds. */
  readonly correlationMemoryMilliseconds: number;
  /** How close in time alarms of one happening usually are, seconds. */
  readonly correlationWindowSeconds: number;
  /** Given what each commit changed. */
  readonly changes: ChangeSink;
}

/**
 * The only writer. Accepting and working in are apart: what is accepted is on disk, in the journal, when `accept` answers;
 * the handlers work it in afterwards, in transactions that a crash may undo, because they are done again from the journal.
 */
export interface Core {
  /** Puts reports into the journal and carries out commands, each of which sees everything accepted before it. */
  accept(inputs: readonly CoreInput[]): BatchAnswer;
  /** Works in at most so many entries of the journal, oldest first. */
  workIn(most: number): void;
  /** Lets correlation weigh everything anew and opens the incidents that are due. */
  settle(): void;
  /** Does what is due by the clock alone: ends holdings, begins and ends maintenance, learns on. Answers whether anything changed. */
  tick(): boolean;
  progress(): CoreProgress;
  /** Builds the working state of one more tenant, unless it was needed before. Answers whether there was one to build. */
  warmUp(): boolean;
}

const mostPerTransaction = 1_000;
/** Some milliseconds' worth. */
const mostLearnedPerTick = 1_000;

/**
 * Opens the core over a migrated store: builds the working state and lets handlers that are behind the others catch up.
 * The same code runs in the thread, in the command line and in tests.
 */
export function createCore(deps: CoreDeps): Core {
  const { client, logger, clock } = deps;
  const stores = createCoreStores(client);
  const positions = createHandlerPositions(client);
  const topology = createTopologyDirectory(client);
  const maintenance = createMaintenanceBook(client, topology);
  const noise = createNoiseClock(stores.alarms, maintenance);
  const learning = createJournalLearning(client, stores.units, topology);
  const correlators = createCorrelators({
    create: deps.createCorrelator,
    windowSeconds: deps.correlationWindowSeconds,
    corrections: stores.corrections,
    rulesOf: (tenantId) => [
      ...stores.units.read((unit) => rulesInForce(unit, tenantId)),
      ...rulesOfHabits(stores.corrections.habits(tenantId), deps.correlationWindowSeconds),
    ],
    preferencesOf: (tenantId) => preferencesOfHabits(stores.corrections.habits(tenantId)),
    causesOf: (tenantId) => stores.units.read((unit) => causesInForce(unit, tenantId)),
    clusters: stores.clusters,
    topology,
    clock,
    memoryMilliseconds: deps.correlationMemoryMilliseconds,
  });
  const clusters = createClustersHandler({
    correlatorOf: (tenantId) => correlators.of(tenantId),
    activeTenants: () => correlators.tenants(),
    topology,
    maintenance,
    rulesChanged: (tenantId) => correlators.rulesChanged(tenantId),
  });
  const incidents = createIncidentsHandler(() => stores.clusters.withoutIncident());
  const handlers = createHandlers(createAlarmsHandler(maintenance), clusters, incidents);
  const positioned = [...handlers.map(({ name }) => name), consequences];

  let head = stores.journal.head();
  // A store without this position is of the time when everything was worked in before it was answered.
  let position = Math.min(head, positions.read().get(consequences) ?? head);
  positions.save([consequences], position);
  catchUp({ client, stores, handlers, positions }, position);
  const commits = createCommits(client, deps.synchronous, stores, deps.changes);
  const backlog = createBacklog(stores.journal, position);
  /** Tenants whose correlator is still to be built. */
  let unbuilt = stores.clusters.tenants();

  const forgetWorkingState = () => {
    unbuilt = stores.clusters.tenants();
    stores.alarms.reset();
    stores.clusters.reset();
    stores.decider.forget();
    correlators.reset();
    clusters.reset();
    incidents.reset();
    maintenance.forget();
    for (const tenantId of stores.clusters.tenants()) topology.forget(tenantId);
  };

  const handleAll = (entries: readonly JournalEntry[], set: WorkingSet) => {
    for (const handler of handlers) handler.handle(entries, set);
  };

  /** The journal has grown, everything up to `upTo` is worked in; at the old end of the journal, so are its consequences. */
  const reach = (upTo: number, set: WorkingSet): { readonly head: number; readonly position: number } => {
    const newHead = set.stores.journal.head();
    const newPosition = upTo === head ? newHead : upTo;
    positions.save(positioned, newPosition);
    return { head: newHead, position: newPosition };
  };
  const reached = (progress: CoreProgress) => {
    backlog.done(head, progress.head);
    head = progress.head;
    position = progress.position;
  };

  /** One transaction of reports and rejections. */
  const acceptAll = (inputs: readonly Exclude<CoreInput, CommandInput>[]): CoreResult[] => {
    const entries: JournalEntry[] = [];
    const results = commits.lasting(clock(), (set) =>
      inputs.map((input): CoreResult => {
        if (input.kind === 'rejections') {
          set.count(input.tenantId, 'rejected', input.count);
          return { kind: 'noted' };
        }
        const { result, entry } = acceptReport(input, set);
        if (entry !== null) entries.push(entry);
        return result;
      }),
    );
    const newHead = entries.at(-1)?.position ?? head;
    backlog.accepted(entries, head, newHead);
    head = newHead;
    return results;
  };

  /** Works entries in within one transaction, as of the time when the last of them was recorded. */
  const work = (entries: readonly JournalEntry[], upTo: number, how: (set: WorkingSet) => void): void => {
    const last = entries.at(-1);
    const progress = commits.repeatable(last?.recordedAt ?? clock(), (set) => {
      if (last !== undefined) set.because({ entryId: last.entryId, trace: traceOf(last) });
      how(set);
      return reach(upTo, set);
    });
    reached(progress);
  };

  const workIn = (most: number): void => {
    const { entries, upTo } = backlog.next(Math.min(most, mostPerTransaction), head);
    try {
      work(entries, upTo, (set) => handleAll(entries, set));
    } catch (error) {
      forgetWorkingState();
      if (isStoreTrouble(error)) {
        backlog.restart(position);
        throw error;
      }
      logger.error('workIn', 'Entries failed together; they are worked in one by one.', errorFields(error));
      try {
        for (const entry of entries) workInCarefully(entry);
      } finally {
        backlog.restart(position);
      }
    }
  };

  /** An entry on which a handler fails is counted, written down and passed over; it stays in the journal. */
  const workInCarefully = (entry: JournalEntry): void => {
    try {
      work([entry], entry.position, (set) => handleAll([entry], set));
    } catch (error) {
      forgetWorkingState();
      // A full disk is not the entry's fault: it is worked in when there is room again.
      if (isStoreTrouble(error)) throw error;
      logger.error('workIn', 'An entry is kept in the journal, but could not be worked in.', {
        event_id: entry.event.event_id,
        ...errorFields(error),
      });
      const message = error instanceof Error ? error.message : String(error);
      work([entry], entry.position, (set) => {
        if (entry.event.event_type === 'alarm.ingested') set.count(entry.event.tenant_id, 'new');
        positions.fault('chain', entry.position, set.now, message);
      });
    }
  };

  /** What commands may set right beside the handlers. */
  const hands: Omit<CommandContext, 'set' | 'input' | 'apply'> = {
    topologyChanged(tenantId) {
      correlators.topologyChanged(tenantId);
      learning.topologyChanged(tenantId);
    },
    isLive: (tenantId, clusterId) => correlators.of(tenantId).isLive(clusterId),
    learned: {
      rulesChanged: (tenantId) => correlators.rulesChanged(tenantId),
      causesChanged: (tenantId) => correlators.causesChanged(tenantId),
    },
    noise: { tick: noise.tick, windowsChanged: maintenance.forget },
  };

  const command = (input: CommandInput): CoreResult => {
    if (seesState(input)) while (position < head) workIn(mostPerTransaction);
    try {
      const { result, progress } = commits.lasting(clock(), (set) => {
        set.because(input);
        const apply = (entries: readonly JournalEntry[]) => handleAll(entries, set);
        const answer = runCommand({ set, input, apply, ...hands }, topology);
        return { result: answer, progress: reach(position, set) };
      });
      reached(progress);
      return result;
    } catch (error) {
      forgetWorkingState();
      logger.error('command', 'A command could not be carried out.', {
        event_id: input.entryId,
        ...errorFields(error),
      });
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', message, isStoreTrouble: isStoreTrouble(error) };
    }
  };

  /** What the clock alone makes due; everything accepted before it must be worked in. */
  const doWhatIsDue = (): boolean => {
    try {
      if (position < head || !noise.isDue(clock())) return false;
      work([], position, (set) => {
        set.because({ entryId: deps.newId(), trace: traceContextFrom(undefined, undefined) });
        noise.tick(set, (entries) => handleAll(entries, set));
      });
      return true;
    } catch (error) {
      forgetWorkingState();
      logger.error('tick', 'What was due by the clock could not be done; it is tried again.', errorFields(error));
      return false;
    }
  };

  const learn = (): void => {
    try {
      learning.read(mostLearnedPerTick, position);
      if (learning.isDue(clock())) for (const tenantId of learning.save(clock())) correlators.causesChanged(tenantId);
    } catch (error) {
      logger.error('learn', 'Causes could not be learned or saved; it is tried again.', errorFields(error));
    }
  };

  return {
    accept(inputs) {
      const results: CoreResult[] = [];
      let gathered: Exclude<CoreInput, CommandInput>[] = [];
      const acceptGathered = () => {
        if (gathered.length > 0) results.push(...acceptAll(gathered));
        gathered = [];
      };
      for (const input of inputs) {
        if (input.kind !== 'command') {
          gathered.push(input);
          continue;
        }
        acceptGathered();
        results.push(command(input));
      }
      acceptGathered();
      return { results, head };
    },
    workIn(most) {
      if (position < head) workIn(most);
    },
    settle() {
      try {
        for (const tenantId of unbuilt.splice(0)) correlators.of(tenantId);
        work([], position, (set) => {
          set.because({ entryId: deps.newId(), trace: traceContextFrom(undefined, undefined) });
          clusters.settle(set);
          incidents.settle(set);
        });
      } catch (error) {
        forgetWorkingState();
        logger.error('settle', 'Correlation could not settle.', errorFields(error));
      }
    },
    tick() {
      learn();
      return doWhatIsDue();
    },
    progress: () => ({ head, position }),
    warmUp() {
      const tenantId = unbuilt.pop();
      if (tenantId !== undefined) correlators.of(tenantId);
      return tenantId !== undefined;
    },
  };
}
