import type { AlarmIngested, AlarmOperated } from '#shared/events/events.ts';
import type { JournalEntry } from '../core/journal-entry.ts';
import type { WorkingSet } from '../core/working-set.ts';
import { alarmForCorrelation } from '../correlation/cluster-store.ts';
import type { LedgerColumn } from '../ledger/ledger-store.ts';
import {
  type AlarmRow,
  type AlarmTransition,
  applyOperation,
  applyReport,
  isShelved,
  type ReportOutcome,
} from './alarm-rules.ts';

/** Brings alarms, their history, the ledger, the alarm rate and the feeds up to date with journal entries. */
export function handleAlarmEntries(entries: readonly JournalEntry[], set: WorkingSet): void {
  for (const entry of entries) {
    if (entry.event.event_type === 'alarm.ingested') ingest(entry, entry.event, set);
    else if (entry.event.event_type === 'alarm.operated') operate(entry, entry.event, set);
  }
}

function ingest(entry: JournalEntry, event: AlarmIngested, set: WorkingSet): void {
  const existing = set.alarmOf({
    tenantId: event.tenant_id,
    entityId: event.entity_id,
    alarmType: event.alarm_type,
    specificProblem: event.specific_problem,
  });
  const result = applyReport(existing, event, { alarmId: `a-${entry.entryId}`, now: entry.recordedAt });
  set.putAlarm(result.alarm);
  set.stores.alarms.record(entry.position, result.alarm.alarmId, result.outcome);
  set.heard(event.tenant_id, event.source_system, event.entity_id);

  const column = ledgerColumn(event, result.outcome, existing !== null && isShelved(existing, entry.recordedAt));
  set.count(event.tenant_id, column);
  if (result.outcome === 'new') set.rate(event.tenant_id, 'raised');
  else set.rate(event.tenant_id, event.severity === 'cleared' ? 'cleared' : 'repeated');
  correlate(result.alarm, result.transitions, set);
}

function ledgerColumn(event: AlarmIngested, outcome: ReportOutcome, shelved: boolean): LedgerColumn {
  if (event.severity === 'cleared') return 'cleared';
  if (shelved) return 'suppressed';
  return outcome === 'new' ? 'new' : 'repeated';
}

function operate(entry: JournalEntry, event: AlarmOperated, set: WorkingSet): void {
  const alarm = set.alarm(event.alarm_id);
  if (alarm === null) throw new Error(`Alarm ${event.alarm_id} of journal entry ${entry.position} does not exist.`);
  const result = applyOperation(alarm, event, entry.recordedAt);
  set.stores.alarms.record(entry.position, event.alarm_id, 'operated');
  if (result.kind !== 'changed') return;
  set.putAlarm(result.alarm);
  correlate(result.alarm, result.transitions, set);
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
