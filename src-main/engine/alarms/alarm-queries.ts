import { and, asc, count, desc, eq, gt, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Alarm, AlarmHistoryEntry, AlarmListInput } from '#shared/api/alarms.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { journal } from '../journal/journal.schema.ts';
import { entryFromRow } from '../journal/journal-store.ts';
import { pageFrom, readCursor } from '../store/cursor.ts';
import type { ReadUnit } from '../store/database.ts';
import { alarmToWire } from './alarm-wire.ts';
import { alarmHistory, alarms } from './alarms.schema.ts';

/** One page of a tenant's alarms, newest change first. Null when the cursor is not one that a list gave out. */
export function listAlarms(
  unit: ReadUnit,
  tenantId: string,
  input: AlarmListInput,
): { items: Alarm[]; next_cursor: string | null } | null {
  const before = readCursor(input.cursor);
  if (before === null) return null;
  const conditions: (SQL | undefined)[] = [
    before === undefined ? undefined : lt(alarms.sequence, before),
    input.state === 'all' ? undefined : eq(alarms.isCleared, input.state === 'cleared'),
    input.severity === undefined ? undefined : eq(alarms.severity, input.severity),
    input.entity_id === undefined ? undefined : eq(alarms.entityId, input.entity_id),
    input.cluster_id === undefined ? undefined : eq(alarms.clusterId, input.cluster_id),
    input.event_id === undefined ? undefined : inArray(alarms.alarmId, alarmsOfEvent(unit, tenantId, input.event_id)),
    ...wordsOf(input.q).map(containsWord),
  ];
  const newest = (isLive: boolean) =>
    unit.orm
      .select()
      .from(alarms)
      .where(and(eq(alarms.tenantId, tenantId), eq(alarms.isLive, isLive), ...conditions))
      .orderBy(desc(alarms.sequence))
      .limit(input.limit + 1)
      .all();
  // What stands is live, so that the alarms of years need not be looked at for it.
  const rows = input.state === 'active' ? newest(true) : inOrder([...newest(true), ...newest(false)], 'newest first');
  return pageFrom(rows, input.limit, alarmToWire);
}

/** Rows of the live and of the other alarms, which the index keeps apart, in one order. */
function inOrder<Row extends { readonly sequence: number }>(
  rows: Row[],
  order: 'newest first' | 'oldest first',
): Row[] {
  const sign = order === 'oldest first' ? 1 : -1;
  return rows.sort((left, right) => sign * (left.sequence - right.sequence));
}

/** One alarm of a tenant with everything that was reported and done, oldest first. */
export function getAlarm(
  unit: ReadUnit,
  tenantId: string,
  alarmId: string,
): (Alarm & { history: AlarmHistoryEntry[] }) | null {
  const row = unit.orm
    .select()
    .from(alarms)
    .where(and(eq(alarms.tenantId, tenantId), eq(alarms.alarmId, alarmId)))
    .get();
  return row === undefined ? null : { ...alarmToWire(row), history: historyOf(unit, alarmId) };
}

/** One alarm of a tenant without its history. */
export function findAlarm(unit: ReadUnit, tenantId: string, alarmId: string): Alarm | null {
  const row = unit.orm
    .select()
    .from(alarms)
    .where(and(eq(alarms.tenantId, tenantId), eq(alarms.alarmId, alarmId)))
    .get();
  return row === undefined ? null : alarmToWire(row);
}

/** How many alarms are in the live list. */
export function liveAlarmCount(unit: ReadUnit, tenantId: string): number {
  return (
    unit.orm
      .select({ value: count() })
      .from(alarms)
      .where(and(eq(alarms.tenantId, tenantId), liveCondition))
      .get()?.value ?? 0
  );
}

/** In the live list: stands, or is not acknowledged (3GPP TS 28.532 "active"). */
export const liveCondition = eq(alarms.isLive, true);

/** Live alarms of a tenant with a sequence in (`after`, `upTo`], oldest change first. */
export function liveAlarmsBetween(unit: ReadUnit, tenantId: string, after: number, upTo: number, limit: number) {
  return unit.orm
    .select()
    .from(alarms)
    .where(and(eq(alarms.tenantId, tenantId), liveCondition, gt(alarms.sequence, after), lte(alarms.sequence, upTo)))
    .orderBy(asc(alarms.sequence))
    .limit(limit)
    .all();
}

/** The sequence after which only the newest `count` live alarms of a tenant stand; 0 when there are no more than that. */
export function sequenceBeforeNewestLive(unit: ReadUnit, tenantId: string, newest: number): number {
  const row = unit.orm
    .select({ sequence: alarms.sequence })
    .from(alarms)
    .where(and(eq(alarms.tenantId, tenantId), liveCondition))
    .orderBy(desc(alarms.sequence))
    .limit(1)
    .offset(newest)
    .get();
  return row?.sequence ?? 0;
}

/** Changed alarms of a tenant after a sequence, oldest change first. */
export function alarmsChangedAfter(unit: ReadUnit, tenantId: string, sequence: number, limit: number) {
  const oldest = (isLive: boolean) =>
    unit.orm
      .select()
      .from(alarms)
      .where(and(eq(alarms.tenantId, tenantId), eq(alarms.isLive, isLive), gt(alarms.sequence, sequence)))
      .orderBy(asc(alarms.sequence))
      .limit(limit)
      .all();
  return inOrder([...oldest(true), ...oldest(false)], 'oldest first').slice(0, limit);
}

function alarmsOfEvent(unit: ReadUnit, tenantId: string, eventId: string): string[] {
  return unit.orm
    .select({ alarmId: alarmHistory.alarmId })
    .from(journal)
    .innerJoin(alarmHistory, eq(alarmHistory.position, journal.position))
    .where(and(eq(journal.tenantId, tenantId), eq(journal.eventId, eventId)))
    .all()
    .map((row) => row.alarmId);
}

function wordsOf(q: string | undefined): string[] {
  return (q ?? '').split(/\s+/).filter((word) => word !== '');
}

function containsWord(word: string): SQL | undefined {
  const pattern = `%${word.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  const fields = [alarms.entityId, alarms.alarmType, alarms.specificProblem, alarms.sourceSystem, alarms.text];
  return or(...fields.map((field) => sql`${field} LIKE ${pattern} ESCAPE '\\'`));
}

function historyOf(unit: ReadUnit, alarmId: string): AlarmHistoryEntry[] {
  const rows = unit.client
    .prepare(
      `SELECT j.*, h.outcome FROM alarm_history h JOIN journal j ON j.position = h.position WHERE h.alarm_id = ? ORDER BY h.position`,
    )
    .all(alarmId);
  const outcomes = unit.orm
    .select({ position: alarmHistory.position, outcome: alarmHistory.outcome })
    .from(alarmHistory)
    .where(eq(alarmHistory.alarmId, alarmId))
    .all();
  const outcomeAt = new Map(outcomes.map((row) => [row.position, row.outcome]));
  return rows.map((row) => {
    const { event, position, recordedAt } = entryFromRow(row);
    const isOperated = event.event_type === 'alarm.operated';
    return {
      event_id: event.event_id,
      event_type: event.event_type,
      occurred_at: event.timestamp,
      recorded_at: toTimestamp(recordedAt),
      outcome: outcomeAt.get(position) ?? 'operated',
      severity: event.event_type === 'alarm.ingested' ? event.severity : null,
      operator: isOperated ? event.operator : null,
      operation: isOperated ? event.operation : null,
      text: isOperated ? (event.note ?? '') : event.event_type === 'alarm.ingested' ? event.text : '',
    };
  });
}
