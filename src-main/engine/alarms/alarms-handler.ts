import type { AlarmHeld, AlarmIngested, AlarmOperated, MaintenanceSwitched } from '#shared/events/events.ts';
import type { JournalEntry } from '../core/journal-entry.ts';
import type { WorkingSet } from '../core/working-set.ts';
import { alarmForCorrelation } from '../correlation/cluster-store.ts';
import type { LedgerColumn } from '../ledger/ledger-store.ts';
import { isSuppressed as isAlarmSuppressed } from '../noise/alarm-noise.ts';
import type { MaintenanceBook } from '../noise/maintenance-book.ts';
import { applyReportWithNoise, endHolding, release, withSuppression } from '../noise/report-with-noise.ts';
import { type AlarmRow, type AlarmTransition, applyOperation, isShelved, type ReportOutcome } from './alarm-rules.ts';

/** Brings alarms, their history, the ledger, the alarm rate and the feeds up to date with journal entries. */
export type AlarmsHandler = (entries: readonly JournalEntry[], set: WorkingSet) => void;

/** @param maintenance which planned work suppresses an alarm */
export function createAlarmsHandler(maintenance: MaintenanceBook): AlarmsHandler {
  return (entries, set) => {
    for (const entry of entries) {
      const { event } = entry;
      if (event.event_type === 'alarm.ingested') ingest(entry, event, set, maintenance);
      else if (event.event_type === 'alarm.operated') operate(entry, event, set);
      else if (event.event_type === 'alarm.held') hold(entry, event, set);
      else if (event.event_type === 'maintenance.switched') switchWindow(entry, event, set, maintenance);
    }
  };
}

function ingest(entry: JournalEntry, event: AlarmIngested, set: WorkingSet, maintenance: MaintenanceBook): void {
  const existing = set.alarmOf({
    tenantId: event.tenant_id,
    entityId: event.entity_id,
    alarmType: event.alarm_type,
    specificProblem: event.specific_problem,
  });
  const founding = { alarmId: `a-${entry.entryId}`, now: entry.recordedAt };
  const result = applyReportWithNoise(existing, event, founding);
  const alarm =
    event.severity === 'cleared'
      ? result.alarm
      : withSuppression(result.alarm, maintenance.windowFor(result.alarm, entry.recordedAt));
  set.putAlarm(alarm);
  if ((existing?.noise?.suppressed_by ?? null) !== (alarm.noise?.suppressed_by ?? null)) set.suppressionChanged(alarm);
  set.stores.alarms.record(entry.position, alarm.alarmId, result.outcome);
  set.heard(event.tenant_id, event.source_system, event.entity_id);

  const isSuppressed = isAlarmSuppressed(alarm) || (existing !== null && isShelved(existing, entry.recordedAt));
  set.count(event.tenant_id, ledgerColumn(event, result.outcome, isSuppressed));
  if (result.outcome !== 'new') set.rate(event.tenant_id, event.severity === 'cleared' ? 'cleared' : 'repeated');
  else set.rate(event.tenant_id, isSuppressed ? 'repeated' : 'raised');
  correlate(alarm, result.transitions, set);
  if (result.begins) beginHolding(alarm, set);
}

function ledgerColumn(event: AlarmIngested, outcome: ReportOutcome, suppressed: boolean): LedgerColumn {
  if (event.severity === 'cleared') return 'cleared';
  if (suppressed) return 'suppressed';
  return outcome === 'new' ? 'new' : 'repeated';
}

function operate(entry: JournalEntry, event: AlarmOperated, set: WorkingSet): void {
  const alarm = set.alarm(event.alarm_id);
  if (alarm === null) throw new Error(`Alarm ${event.alarm_id} of journal entry ${entry.position} does not exist.`);
  const result = applyOperation(alarm, event, entry.recordedAt);
  set.stores.alarms.record(entry.position, event.alarm_id, 'operated');
  if (result.kind !== 'changed') return;
  const operated = endHolding(result.alarm);
  set.putAlarm(operated);
  correlate(operated, result.transitions, set);
}

/** Says in the alarm's history that it is held open from here on. */
function beginHolding(alarm: AlarmRow, set: WorkingSet): void {
  const entry = set.append(alarm.tenantId, (base) => ({
    ...base,
    event_type: 'alarm.held',
    alarm_id: alarm.alarmId,
    phase: 'began',
    changes: 0,
    cleared_at: null,
  }));
  record(entry, alarm.alarmId, 'held', set);
}

function hold(entry: JournalEntry, event: AlarmHeld, set: WorkingSet): void {
  const alarm = set.alarm(event.alarm_id);
  if (event.phase === 'began') record(entry, event.alarm_id, 'held', set);
  if (event.phase === 'began' || alarm === null) return;
  const released = release(alarm, entry.recordedAt);
  record(entry, event.alarm_id, 'released', set);
  set.putAlarm(released.alarm);
  correlate(released.alarm, released.transitions, set);
}

function switchWindow(
  entry: JournalEntry,
  event: MaintenanceSwitched,
  set: WorkingSet,
  maintenance: MaintenanceBook,
): void {
  for (const stored of set.stores.alarms.live(event.tenant_id)) {
    const alarm = set.alarm(stored.alarmId);
    if (alarm === null) continue;
    const before = alarm.noise?.suppressed_by ?? null;
    if (event.is_on ? before !== null : before !== event.window_id) continue;
    const after = maintenance.windowFor(alarm, entry.recordedAt);
    if (after === before) continue;
    // What came and went within the window needs nobody's acknowledgement.
    const isOver = before !== null && after === null && alarm.isCleared && !alarm.isAcked;
    const given = isOver ? { ...alarm, isAcked: true, ackedBy: `maintenance: ${event.name}` } : alarm;
    const changed = { ...withSuppression(given, after), changedAt: entry.recordedAt };
    set.putAlarm(changed);
    set.suppressionChanged(changed);
  }
}

/** While catching up, an event that follows has no position of its own: it stands in the journal and comes by itself. */
function record(entry: JournalEntry, alarmId: string, outcome: 'held' | 'released', set: WorkingSet): void {
  if (entry.position > 0) set.stores.alarms.record(entry.position, alarmId, outcome);
}

function correlate(alarm: AlarmRow, transitions: readonly AlarmTransition[], set: WorkingSet): void {
  for (const transition of transitions) {
    if (transition === 'raised')
      set.correlate(alarm.tenantId, { kind: 'raised', alarm: { ...alarmForCorrelation(alarm), clearedAt: null } });
    else if (transition === 'repeated')
      set.correlate(alarm.tenantId, {
        kind: 'repeated',
        alarmId: alarm.alarmId,
        severity: alarm.severity,
        at: alarm.lastRaisedAt,
      });
    else set.correlate(alarm.tenantId, { kind: 'cleared', alarmId: alarm.alarmId, at: alarm.clearedAt ?? set.now });
  }
}
