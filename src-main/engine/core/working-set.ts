import type { JournalEvent } from '#shared/events/events.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { changeAction, findAction } from '../actions/action-store.ts';
import { actionToWire } from '../actions/action-wire.ts';
import { createDecider, type Decider } from '../actions/commands/decider.ts';
import { type ActivityStore, createActivityStore, type RateCounts, rateBucket } from '../alarms/activity-store.ts';
import { type AlarmRow, isLive } from '../alarms/alarm-rules.ts';
import { type AlarmIdentity, type AlarmStore, createAlarmStore, identityKey } from '../alarms/alarm-store.ts';
import { alarmToWire } from '../alarms/alarm-wire.ts';
import { type CorrectionsStore, createCorrectionsStore } from '../corrections/corrections-store.ts';
import { type ClusterStore, createClusterStore } from '../correlation/cluster-store.ts';
import { type ClusterRow, clusterToWire } from '../correlation/cluster-wire.ts';
import type { CorrelationEvent } from '../correlation/correlator.ts';
import type { IncidentRow } from '../incidents/incident-rules.ts';
import { createIncidentStore, type IncidentStore } from '../incidents/incident-store.ts';
import { incidentToWire } from '../incidents/incident-wire.ts';
import { createJournalStore, type JournalStore } from '../journal/journal-store.ts';
import { createLedgerWriter, emptyCounts, type LedgerColumn, type LedgerCounts } from '../ledger/ledger-store.ts';
import { type SqliteClient, type UnitsOfWork, unitsOfWorkOf, type WriteUnit, writeUnitOf } from '../store/database.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';
import type { SequencedChange } from './inputs.ts';
import { consequenceId, type JournalEntry } from './journal-entry.ts';

/** The writer's statements, prepared once per connection. */
export interface CoreStores {
  readonly client: SqliteClient;
  /** Within a batch, a unit of work joins its transaction. */
  readonly units: UnitsOfWork;
  readonly journal: JournalStore;
  readonly alarms: AlarmStore;
  readonly clusters: ClusterStore;
  readonly incidents: IncidentStore;
  readonly activity: ActivityStore;
  readonly corrections: CorrectionsStore;
  readonly addToLedger: (tenantId: string, counts: LedgerCounts) => void;
  readonly decider: Decider;
  /** Where actions are kept: they are read and written within the batch's transaction. */
  readonly actions: WriteUnit;
}

export function createCoreStores(client: SqliteClient): CoreStores {
  const actions = writeUnitOf(client);
  return {
    client,
    units: unitsOfWorkOf(client),
    journal: createJournalStore(client),
    alarms: createAlarmStore(client),
    clusters: createClusterStore(client),
    incidents: createIncidentStore(client),
    activity: createActivityStore(client),
    corrections: createCorrectionsStore(client),
    addToLedger: createLedgerWriter(client),
    decider: createDecider(client, actions),
    actions,
  };
}

/** The input that a batch is working on. */
export interface Cause {
  readonly entryId: string;
  readonly trace: TraceContext;
}

/** The fields of an event that do not depend on its type. */
export interface EventBase {
  readonly event_id: string;
  readonly tenant_id: string;
  readonly timestamp: string;
  readonly trace_id: string;
}

/**
 * The objects that one batch touches. Handlers change them here; each is written once, when the batch ends, and gets
 * its sequence then. Lives no longer than its transaction.
 */
export class WorkingSet {
  readonly stores: CoreStores;
  /** The batch's time, milliseconds since the epoch. */
  readonly now: number;
  /** What correlation must still learn, per tenant, in the order of the journal. */
  readonly correlationEvents = new Map<string, CorrelationEvent[]>();
  /** Clusters that changed since incidents were last brought up to date. */
  readonly changedClusters = new Map<string, ClusterRow>();

  #cause: Cause | null = null;
  #consequences = 0;
  readonly #alarmsById = new Map<string, AlarmRow>();
  /** Alarms as they stand in the store. */
  readonly #storedAlarms = new Map<string, AlarmRow>();
  readonly #alarmIdByIdentity = new Map<string, string>();
  readonly #dirtyAlarms = new Set<string>();
  /** Alarms that this batch put into each cluster. */
  readonly #movedInto = new Map<string, Set<string>>();
  readonly #clusters = new Map<string, ClusterRow>();
  readonly #dirtyClusters = new Set<string>();
  readonly #incidents = new Map<string, IncidentRow>();
  readonly #dirtyIncidents = new Set<string>();
  /** Actions that changed, with their tenants; they are written when they change, only the sequence waits. */
  readonly #changedActions = new Map<string, string>();
  readonly #ledger = new Map<string, LedgerCounts>();
  readonly #rates = new Map<string, RateCounts>();
  readonly #heard = new Map<string, Map<string, number>>();
  readonly #seenEntities = new Map<string, Set<string>>();

  /** What is repeated has happened already: events that follow from it stand in the journal. */
  readonly #isRepeating: boolean;

  constructor(stores: CoreStores, now: number, { isRepeating = false }: { readonly isRepeating?: boolean } = {}) {
    this.stores = stores;
    this.now = now;
    this.#isRepeating = isRepeating;
  }

  /** Says which input is being worked on: events that follow from it carry its trace, and ids derived from its own. */
  because(cause: Cause): void {
    this.#cause = cause;
  }

  /**
   * Appends an event that follows from the present input. Its id is the input's id with a running number, so that it is
   * globally unique and the same whenever the same input is worked on again; one that stands in the journal already is
   * answered with position 0.
   */
  append(tenantId: string, describe: (base: EventBase) => JournalEvent): JournalEntry {
    if (this.#cause === null) throw new Error('An event was appended outside any input.');
    const { entryId, trace } = this.#cause;
    const eventId = consequenceId(entryId, ++this.#consequences);
    const event = describe({
      event_id: eventId,
      tenant_id: tenantId,
      timestamp: toTimestamp(this.now),
      trace_id: trace.traceId,
    });
    const facts = { entryId: eventId, recordedAt: this.now, correlationId: trace.correlationId };
    const written = this.#isRepeating ? null : this.stores.journal.append(event, facts);
    return written ?? { position: 0, ...facts, event };
  }

  alarmOf(identity: AlarmIdentity): AlarmRow | null {
    const known = this.#alarmIdByIdentity.get(identityKey(identity));
    return known === undefined ? this.#read(this.stores.alarms.byIdentity(identity)) : this.alarm(known);
  }

  alarm(alarmId: string): AlarmRow | null {
    return this.#alarmsById.get(alarmId) ?? this.#read(this.stores.alarms.byId(alarmId));
  }

  putAlarm(alarm: AlarmRow): void {
    if (alarm.clusterId !== null && this.#alarmsById.get(alarm.alarmId)?.clusterId !== alarm.clusterId) {
      const moved = this.#movedInto.get(alarm.clusterId);
      if (moved === undefined) this.#movedInto.set(alarm.clusterId, new Set([alarm.alarmId]));
      else moved.add(alarm.alarmId);
    }
    this.#hold(alarm);
    this.#dirtyAlarms.add(alarm.alarmId);
  }

  /** Members as they are now, those that this batch moved in or out included. */
  alarmsInCluster(clusterId: string): AlarmRow[] {
    const members = new Map<string, AlarmRow>();
    for (const stored of this.stores.alarms.inCluster(clusterId)) {
      const held = this.#alarmsById.get(stored.alarmId) ?? stored;
      if (held.clusterId === clusterId) members.set(held.alarmId, held);
    }
    for (const alarmId of this.#movedInto.get(clusterId) ?? []) {
      const held = this.#alarmsById.get(alarmId);
      if (held?.clusterId === clusterId) members.set(alarmId, held);
    }
    return [...members.values()];
  }

  cluster(clusterId: string): ClusterRow | null {
    const known = this.#clusters.get(clusterId) ?? this.stores.clusters.byId(clusterId);
    if (known !== null) this.#clusters.set(clusterId, known);
    return known;
  }

  putCluster(cluster: ClusterRow): void {
    this.#clusters.set(cluster.clusterId, cluster);
    this.#dirtyClusters.add(cluster.clusterId);
  }

  incident(incidentId: string): IncidentRow | null {
    const known = this.#incidents.get(incidentId) ?? this.stores.incidents.byId(incidentId);
    if (known !== null) this.#incidents.set(incidentId, known);
    return known;
  }

  putIncident(incident: IncidentRow): void {
    this.#incidents.set(incident.incidentId, incident);
    this.#dirtyIncidents.add(incident.incidentId);
  }

  correlate(tenantId: string, event: CorrelationEvent): void {
    const events = this.correlationEvents.get(tenantId);
    if (events === undefined) this.correlationEvents.set(tenantId, [event]);
    else events.push(event);
  }

  /** Clusters whose members a maintenance window began or ceased to suppress. */
  readonly suppressionChanges = new Map<string, string>();

  suppressionChanged(alarm: AlarmRow): void {
    if (alarm.clusterId !== null) this.suppressionChanges.set(alarm.clusterId, alarm.tenantId);
  }

  count(tenantId: string, column: LedgerColumn, by = 1): void {
    let counts = this.#ledger.get(tenantId);
    if (counts === undefined) {
      counts = emptyCounts();
      this.#ledger.set(tenantId, counts);
    }
    counts[column] += by;
  }

  rate(tenantId: string, what: keyof RateCounts): void {
    let counts = this.#rates.get(tenantId);
    if (counts === undefined) {
      counts = { raised: 0, repeated: 0, cleared: 0 };
      this.#rates.set(tenantId, counts);
    }
    counts[what] += 1;
  }

  actionChanged(tenantId: string, actionId: string): void {
    this.#changedActions.set(actionId, tenantId);
  }

  /** Notes that a source system reported something about an entity. */
  heard(tenantId: string, sourceSystem: string, entityId: string): void {
    const seen = this.#seenEntities.get(tenantId);
    if (seen === undefined) this.#seenEntities.set(tenantId, new Set([entityId]));
    else seen.add(entityId);
    let feeds = this.#heard.get(tenantId);
    if (feeds === undefined) {
      feeds = new Map();
      this.#heard.set(tenantId, feeds);
    }
    feeds.set(sourceSystem, (feeds.get(sourceSystem) ?? 0) + 1);
  }

  /**
   * Writes everything that changed, in sequence, the first change being `firstSequence`. Answers the newest sequence and,
   * where somebody listens, the changes in their wire form.
   */
  flush(firstSequence: number, isWanted: boolean): { readonly sequence: number; readonly changes: SequencedChange[] } {
    const { alarms, clusters, incidents, activity, addToLedger } = this.stores;
    const changes: SequencedChange[] = [];
    let sequence = firstSequence;
    for (const alarmId of this.#dirtyAlarms) {
      const alarm = this.#alarmsById.get(alarmId);
      if (alarm === undefined) continue;
      const saved = { ...alarm, sequence: sequence++ };
      const stored = this.#storedAlarms.get(alarmId);
      if (stored !== undefined && hasSameState(stored, saved)) alarms.saveRepeated(saved);
      else alarms.save(saved);
      const change = isLive(saved) ? 'upserted' : 'removed';
      if (isWanted) changes.push(changeOf('alarm', change, saved, alarmToWire(saved)));
    }
    for (const clusterId of this.#dirtyClusters) {
      const cluster = this.#clusters.get(clusterId);
      if (cluster === undefined) continue;
      const saved = { ...cluster, sequence: sequence++ };
      clusters.save(saved);
      if (isWanted)
        changes.push(
          changeOf('cluster', saved.state === 'merged' ? 'removed' : 'upserted', saved, clusterToWire(saved)),
        );
    }
    for (const incidentId of this.#dirtyIncidents) {
      const incident = this.#incidents.get(incidentId);
      if (incident === undefined) continue;
      const saved = { ...incident, sequence: sequence++ };
      incidents.save(saved);
      if (isWanted) changes.push(changeOf('incident', 'upserted', saved, incidentToWire(saved)));
    }
    for (const [actionId, tenantId] of this.#changedActions) {
      const { orm } = this.stores.actions;
      changeAction(orm, actionId, { sequence });
      const saved = findAction(orm, tenantId, actionId);
      if (saved !== null && isWanted) changes.push(changeOf('action', 'upserted', saved, actionToWire(saved)));
      sequence += 1;
    }
    for (const [tenantId, counts] of this.#ledger) addToLedger(tenantId, counts);
    for (const [tenantId, counts] of this.#rates) activity.addRate(tenantId, rateBucket(this.now), counts);
    for (const [tenantId, feeds] of this.#heard)
      for (const [sourceSystem, received] of feeds) activity.heard(tenantId, sourceSystem, received, this.now);
    for (const [tenantId, entities] of this.#seenEntities)
      for (const entityId of entities) activity.seen(tenantId, entityId, this.now);
    return { sequence: sequence - 1, changes };
  }

  #read(alarm: AlarmRow | null): AlarmRow | null {
    if (alarm !== null) this.#storedAlarms.set(alarm.alarmId, alarm);
    return this.#hold(alarm);
  }

  #hold(alarm: AlarmRow | null): AlarmRow | null {
    if (alarm === null) return null;
    // The identity of an alarm never changes.
    if (!this.#alarmsById.has(alarm.alarmId)) this.#alarmIdByIdentity.set(identityKey(alarm), alarm.alarmId);
    this.#alarmsById.set(alarm.alarmId, alarm);
    return alarm;
  }
}

/** Whether only what a repeated report changes can differ between two forms of an alarm. */
function hasSameState(stored: AlarmRow, now: AlarmRow): boolean {
  return (
    stored.isCleared === now.isCleared &&
    stored.isAcked === now.isAcked &&
    stored.ackedBy === now.ackedBy &&
    stored.shelvedUntil === now.shelvedUntil &&
    stored.clearedAt === now.clearedAt &&
    stored.clusterId === now.clusterId &&
    stored.incidentId === now.incidentId &&
    stored.noise === now.noise
  );
}

function changeOf(
  topic: SequencedChange['topic'],
  change: SequencedChange['change'],
  row: { readonly tenantId: string; readonly sequence: number },
  wire: object,
): SequencedChange {
  return { tenantId: row.tenantId, sequence: row.sequence, topic, change, json: JSON.stringify(wire) };
}
