import { z } from 'zod';
import type { AlarmReport } from '#shared/events/events.ts';
import type { Severity } from '#shared/vocabulary/severity.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { SleepState } from '../detection/cells/cell-watch.ts';
import type { ReadUnit } from '../store/database.ts';
import type { SleepingCellEvent } from './kpi-watch.ts';

/** A sleeping cell speaks as an alarm of the engine's own: it joins clusters, may be their cause, and stands in every list. */
export const sleepingCellAlarmType = 'SLEEPING_CELL';
export const detectionSource = 'pedkai.detection';

const severities: Record<SleepState, Severity> = { degraded: 'minor', crippled: 'major', catatonic: 'critical' };
/** Findings in samples that are older than this are history: recorded, not raised. */
const newsMilliseconds = 86_400_000;

/** The report that tells of a sleeping cell; null when it is no news, or when the cell speaks for itself by alarms of its own. */
export function reportOfSleepingCell(event: SleepingCellEvent, ownAlarms: number, now: number): AlarmReport | null {
  if (event.at < now - newsMilliseconds) return null;
  const at = toTimestamp(event.at);
  const common = {
    entity_id: event.entityId,
    alarm_type: sleepingCellAlarmType,
    source_system: detectionSource,
    specific_problem: '',
  };
  if (event.state === null)
    return { ...common, severity: 'cleared', raised_at: toTimestamp(event.since), cleared_at: at };
  if (ownAlarms > 0) return null;
  const lost = Math.round(event.loss * 100);
  return {
    ...common,
    severity: severities[event.state],
    raised_at: toTimestamp(event.since),
    probable_cause: 'performanceDegraded',
    text: `The cell serves ${lost} % less than is usual at this time, cells of its kind do not, and it raises no alarm: ${event.state}.`,
  };
}

/** Whether the engine has said of an entity that it sleeps. */
export function isSaidToSleep(unit: ReadUnit, tenantId: string, entityId: string): boolean {
  const row = unit
    .statement('SELECT 1 FROM alarms WHERE tenant_id = ? AND entity_id = ? AND is_cleared = 0 AND alarm_type = ?')
    .get(tenantId, entityId, sleepingCellAlarmType);
  return row !== undefined;
}

const countSchema = z.object({ alarms: z.number() });

/** How many live alarms of other sources stand on an entity. */
export function alarmsOfOthers(unit: ReadUnit, tenantId: string, entityId: string): number {
  return countSchema.parse(
    unit
      .statement(
        `SELECT count(*) AS alarms FROM alarms WHERE tenant_id = ? AND entity_id = ? AND is_cleared = 0 AND source_system <> '${detectionSource}'`,
      )
      .get(tenantId, entityId),
  ).alarms;
}
