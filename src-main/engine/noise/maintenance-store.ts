import { and, desc, eq, isNotNull, isNull, or } from 'drizzle-orm';
import type { MaintenanceInput, MaintenanceWindow } from '#shared/api/noise.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { ReadUnit, WriteUnit } from '../store/database.ts';
import { maintenanceWindows } from './maintenance.schema.ts';
import { nextOccurrence, occurrenceAt } from './schedule-rules.ts';

export type WindowRow = typeof maintenanceWindows.$inferSelect;

/** Windows of all tenants that stand, and those that ended while they still suppress something. */
export function openWindows(unit: ReadUnit): WindowRow[] {
  return unit.orm
    .select()
    .from(maintenanceWindows)
    .where(or(isNull(maintenanceWindows.endedAt), isNotNull(maintenanceWindows.onSince)))
    .orderBy(maintenanceWindows.createdAt, maintenanceWindows.windowId)
    .all();
}

export function insertWindow(
  unit: WriteUnit,
  input: MaintenanceInput,
  made: { readonly windowId: string; readonly tenantId: string; readonly at: number; readonly by: string },
): void {
  unit.orm
    .insert(maintenanceWindows)
    .values({
      windowId: made.windowId,
      tenantId: made.tenantId,
      name: input.name,
      reason: input.reason,
      conditions: input.conditions,
      withContents: input.with_contents,
      schedule: input.schedule,
      createdAt: made.at,
      createdBy: made.by,
    })
    .run();
}

export function findWindow(unit: ReadUnit, tenantId: string, windowId: string): WindowRow | null {
  const mine = and(eq(maintenanceWindows.tenantId, tenantId), eq(maintenanceWindows.windowId, windowId));
  return unit.orm.select().from(maintenanceWindows).where(mine).get() ?? null;
}

/** Ends a window for good. */
export function endWindow(unit: WriteUnit, windowId: string, at: number, by: string): void {
  unit.orm
    .update(maintenanceWindows)
    .set({ endedAt: at, endedBy: by })
    .where(eq(maintenanceWindows.windowId, windowId))
    .run();
}

/** Notes since when what stands is marked as suppressed by the window; null: it is given back. */
export function switchWindow(unit: WriteUnit, windowId: string, onSince: number | null): void {
  unit.orm.update(maintenanceWindows).set({ onSince }).where(eq(maintenanceWindows.windowId, windowId)).run();
}

/** Every window of a tenant, newest first, with what it suppresses now. */
export function listWindows(unit: ReadUnit, tenantId: string, now: number): MaintenanceWindow[] {
  const suppressed = new Map(
    unit
      .statement(
        `SELECT json_extract(noise, '$.suppressed_by') AS id, count(*) AS held FROM alarms
         WHERE tenant_id = ? AND noise IS NOT NULL AND is_live = 1 GROUP BY 1`,
      )
      .all(tenantId)
      .map((row) => [String(Reflect.get(Object(row), 'id')), Number(Reflect.get(Object(row), 'held'))]),
  );
  return unit.orm
    .select()
    .from(maintenanceWindows)
    .where(eq(maintenanceWindows.tenantId, tenantId))
    .orderBy(desc(maintenanceWindows.createdAt), desc(maintenanceWindows.windowId))
    .limit(500)
    .all()
    .map((row) => windowToWire(row, suppressed.get(row.windowId) ?? 0, now));
}

export function windowToWire(row: WindowRow, suppressedNow: number, now: number): MaintenanceWindow {
  const isOver = row.endedAt !== null;
  const current = isOver ? null : occurrenceAt(row.schedule, now);
  const next = isOver ? null : nextOccurrence(row.schedule, now);
  return {
    window_id: row.windowId,
    name: row.name,
    reason: row.reason,
    conditions: row.conditions,
    with_contents: row.withContents,
    schedule: row.schedule,
    created_at: toTimestamp(row.createdAt),
    created_by: row.createdBy,
    ended_at: row.endedAt === null ? null : toTimestamp(row.endedAt),
    ended_by: row.endedBy,
    state: isOver ? 'ended' : current !== null ? 'on' : next !== null ? 'planned' : 'past',
    on_until: current === null ? null : toTimestamp(current.endsAt),
    next_at: next === null ? null : toTimestamp(next.startsAt),
    suppressed_now: suppressedNow,
  };
}
