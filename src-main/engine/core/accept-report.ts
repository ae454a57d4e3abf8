import type { AlarmIngested } from '#shared/events/events.ts';
import type { CoreResult, ReportInput } from './inputs.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { WorkingSet } from './working-set.ts';

export interface AcceptedReport {
  readonly result: CoreResult;
  /** Null when the report stands in the journal already. */
  readonly entry: JournalEntry | null;
}

/** Puts a report into the journal. The same input sent again after a crash is accepted again; another one of the same id is a duplicate. */
export function acceptReport(input: ReportInput, set: WorkingSet): AcceptedReport {
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
