/**
 * How an alarm changes. Pure. Identity is tenant, entity, alarm type and specific problem; severity, text and time are
 * never part of it (3GPP TS 28.532, RFC 8632 §3.1). Reports are ordered by the source's time, not by arrival.
 */
import type { AlarmHistoryEntry } from '#shared/api/alarms.ts';
import type { AlarmIngested, AlarmOperated } from '#shared/events/events.ts';
import type { alarms } from './alarms.schema.ts';

/** A stored alarm without what the store derives from the rest. */
export type AlarmRow = Omit<typeof alarms.$inferSelect, 'isLive'>;
export type ReportOutcome = Exclude<AlarmHistoryEntry['outcome'], 'operated'>;

/** What correlation must learn of a report. */
export type AlarmTransition = 'raised' | 'repeated' | 'cleared';

export interface ReportResult {
  readonly alarm: AlarmRow;
  readonly outcome: ReportOutcome;
  readonly transitions: readonly AlarmTransition[];
}

/**
 * Applies one report to the alarm of its identity, or founds that alarm.
 * - A raise that is older than the last clear, or a clear that is older than the last raise, changes no state.
 * - A clear of something unknown is remembered as a cleared alarm, so that its raise, arriving late, does not stand for ever.
 * - A raise and a clear of the same instant apply in the order of arrival.
 */
export function applyReport(
  existing: AlarmRow | null,
  report: AlarmIngested,
  founding: { readonly alarmId: string; readonly now: number },
): ReportResult {
  const raisedAt = Date.parse(report.raised_at);
  const clearedAt = report.cleared_at === null ? null : Date.parse(report.cleared_at);
  if (report.severity === 'cleared')
    return clear(
      existing ?? unknownAlarm(report, founding, raisedAt),
      existing === null,
      clearedAt ?? raisedAt,
      founding.now,
    );

  const raised = raise(existing, report, report.severity, raisedAt, founding);
  if (clearedAt === null) return raised;
  const ended = clear(raised.alarm, false, clearedAt, founding.now);
  return { alarm: ended.alarm, outcome: raised.outcome, transitions: [...raised.transitions, ...ended.transitions] };
}

function raise(
  existing: AlarmRow | null,
  report: AlarmIngested,
  severity: AlarmRow['severity'],
  at: number,
  founding: { readonly alarmId: string; readonly now: number },
): ReportResult {
  if (existing === null || (existing.isCleared && at >= (existing.clearedAt ?? at))) {
    const alarm: AlarmRow = {
      ...(existing ?? unknownAlarm(report, founding, at)),
      severity,
      isCleared: false,
      isAcked: false,
      ackedBy: null,
      raisedAt: at,
      lastRaisedAt: at,
      changedAt: founding.now,
      clearedAt: null,
      repeatCount: 0,
      sourceSystem: report.source_system,
      probableCause: report.probable_cause,
      text: report.text,
    };
    return { alarm, outcome: 'new', transitions: ['raised'] };
  }
  if (existing.isCleared)
    return { alarm: lateRaise(existing, report, severity, at), outcome: 'stale', transitions: [] };
  const repeated = { ...existing, repeatCount: existing.repeatCount + 1, raisedAt: Math.min(existing.raisedAt, at) };
  if (at < existing.lastRaisedAt) return { alarm: repeated, outcome: 'stale', transitions: [] };
  const changed = existing.severity !== severity || existing.text !== report.text;
  const alarm: AlarmRow = {
    ...repeated,
    severity,
    text: report.text,
    probableCause: report.probable_cause,
    lastRaisedAt: at,
    changedAt: changed ? founding.now : existing.changedAt,
  };
  return { alarm, outcome: changed ? 'changed' : 'repeated', transitions: ['repeated'] };
}

/** A raise that arrives after the clear that ended it. The newest raise tells severity and text, whenever it arrives. */
function lateRaise(existing: AlarmRow, report: AlarmIngested, severity: AlarmRow['severity'], at: number): AlarmRow {
  const told = { severity, text: report.text, probableCause: report.probable_cause, lastRaisedAt: at };
  if (wasNeverRaised(existing)) return { ...existing, ...told, raisedAt: at, isAcked: false };
  return {
    ...existing,
    ...(at > existing.lastRaisedAt ? told : {}),
    raisedAt: Math.min(existing.raisedAt, at),
    repeatCount: existing.repeatCount + 1,
  };
}

/** Founded by a clear: nobody had to acknowledge it, so nobody did. */
function wasNeverRaised(alarm: AlarmRow): boolean {
  return alarm.isAcked && alarm.ackedBy === null;
}

function clear(alarm: AlarmRow, unknown: boolean, at: number, now: number): ReportResult {
  if (unknown)
    return { alarm: { ...alarm, isCleared: true, isAcked: true, clearedAt: at }, outcome: 'cleared', transitions: [] };
  if (alarm.isCleared) {
    // The latest clear counts: a raise before it that arrives later must not stand.
    const clearedAt = Math.max(alarm.clearedAt ?? at, at);
    return { alarm: { ...alarm, clearedAt }, outcome: 'stale', transitions: [] };
  }
  if (at < alarm.lastRaisedAt) return { alarm, outcome: 'stale', transitions: [] };
  return {
    alarm: { ...alarm, isCleared: true, clearedAt: at, changedAt: now },
    outcome: 'cleared',
    transitions: ['cleared'],
  };
}

function unknownAlarm(
  report: AlarmIngested,
  founding: { readonly alarmId: string; readonly now: number },
  at: number,
): AlarmRow {
  return {
    alarmId: founding.alarmId,
    tenantId: report.tenant_id,
    entityId: report.entity_id,
    alarmType: report.alarm_type,
    specificProblem: report.specific_problem,
    probableCause: report.probable_cause,
    severity: 'indeterminate',
    isCleared: false,
    isAcked: false,
    ackedBy: null,
    shelvedUntil: null,
    raisedAt: at,
    lastRaisedAt: at,
    changedAt: founding.now,
    clearedAt: null,
    repeatCount: 0,
    sourceSystem: report.source_system,
    text: report.text,
    clusterId: null,
    incidentId: null,
    noise: null,
    heldUntil: null,
    sequence: 0,
  };
}

export type OperationResult =
  | { readonly kind: 'changed'; readonly alarm: AlarmRow; readonly transitions: readonly AlarmTransition[] }
  /** What was asked for holds already. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly message: string };

type Operation = Pick<AlarmOperated, 'operation' | 'operator' | 'shelved_until'>;

/** Applies what an operator does to an alarm. Operators may clear and shelve only what stands. */
export function applyOperation(alarm: AlarmRow, operation: Operation, now: number): OperationResult {
  const changed = (fields: Partial<AlarmRow>, transitions: readonly AlarmTransition[] = []): OperationResult => ({
    kind: 'changed',
    alarm: { ...alarm, ...fields, changedAt: now },
    transitions,
  });
  switch (operation.operation) {
    case 'ack':
      return alarm.isAcked ? { kind: 'unchanged' } : changed({ isAcked: true, ackedBy: operation.operator });
    case 'unack':
      return alarm.isAcked ? changed({ isAcked: false, ackedBy: null }) : { kind: 'unchanged' };
    case 'clear':
      // A source's clock may be ahead of ours; an end before the last raise would let a repeat raise the alarm again.
      return alarm.isCleared
        ? { kind: 'unchanged' }
        : changed({ isCleared: true, clearedAt: Math.max(now, alarm.lastRaisedAt) }, ['cleared']);
    case 'shelve': {
      if (alarm.isCleared)
        return { kind: 'refused', message: 'The alarm is cleared; only a standing alarm can be shelved.' };
      const until = operation.shelved_until === null ? now : Date.parse(operation.shelved_until);
      return alarm.shelvedUntil === until ? { kind: 'unchanged' } : changed({ shelvedUntil: until });
    }
    case 'unshelve':
      return alarm.shelvedUntil === null ? { kind: 'unchanged' } : changed({ shelvedUntil: null });
    case 'comment':
      return changed({});
  }
}

/** Whether the alarm is in the live list: it stands, or nobody has acknowledged it yet (3GPP TS 28.532 "active"). */
export function isLive(alarm: Pick<AlarmRow, 'isCleared' | 'isAcked'>): boolean {
  return !(alarm.isCleared && alarm.isAcked);
}

/** Whether a shelf holds the alarm back at `now`. */
export function isShelved(alarm: Pick<AlarmRow, 'shelvedUntil'>, now: number): boolean {
  return alarm.shelvedUntil !== null && alarm.shelvedUntil > now;
}
