import { z } from 'zod';
import { severitySchema } from '#shared/vocabulary/severity.ts';
import type { CorrelationEvent } from '../correlation/correlator.ts';
import type { ReadUnit } from '../store/database.ts';

const rowSchema = z.object({
  alarm_id: z.string(),
  entity_id: z.string(),
  alarm_type: z.string(),
  specific_problem: z.string(),
  source_system: z.string(),
  severity: severitySchema,
  text: z.string(),
  outcome: z.string(),
  occurred_at: z.number(),
});

/** More raises and clears than this are not replayed for a preview; a day of a large network fits. */
const mostEvents = 100_000;

/** What was raised and cleared since a time (ms), as correlation learned of it, in the order of the journal. */
export function recentEvents(
  unit: ReadUnit,
  tenantId: string,
  since: number,
): { readonly events: CorrelationEvent[]; readonly raises: number; readonly isCut: boolean } {
  const rows = unit
    .statement(
      `SELECT a.alarm_id, a.entity_id, a.alarm_type, a.specific_problem, a.source_system, a.severity, a.text, h.outcome,
         j.occurred_at
       FROM alarm_history h JOIN journal j ON j.position = h.position JOIN alarms a ON a.alarm_id = h.alarm_id
       WHERE h.position >= ? AND j.tenant_id = ? AND h.outcome IN ('new', 'cleared')
       ORDER BY h.position DESC LIMIT ?`,
    )
    .all(firstPositionSince(unit, since), tenantId, mostEvents);
  const raised = new Set<string>();
  const standing = new Set<string>();
  const events: CorrelationEvent[] = [];
  let raises = 0;
  for (const row of z.array(rowSchema).parse(rows).reverse()) {
    if (row.outcome === 'new') {
      raises += 1;
      const isAgain = raised.has(row.alarm_id);
      raised.add(row.alarm_id);
      standing.add(row.alarm_id);
      const alarm = {
        alarmId: row.alarm_id,
        entityId: row.entity_id,
        alarmType: row.alarm_type,
        specificProblem: row.specific_problem,
        severity: row.severity,
        raisedAt: row.occurred_at,
        clearedAt: null,
        sourceSystem: row.source_system,
        text: row.text,
      };
      events.push({ kind: 'raised', alarm: isAgain ? { ...alarm, raisedBefore: true } : alarm });
    } else if (standing.delete(row.alarm_id)) {
      events.push({ kind: 'cleared', alarmId: row.alarm_id, at: row.occurred_at });
    }
  }
  return { events, raises, isCut: rows.length === mostEvents };
}

/** The journal is in the order of recording: the place of a time in it is found by halving. */
function firstPositionSince(unit: ReadUnit, since: number): number {
  const recordedAt = unit
    .statement('SELECT recorded_at FROM journal WHERE position >= ? ORDER BY position LIMIT 1')
    .pluck();
  let low = 0;
  let high = Number(unit.statement('SELECT coalesce(max(position), 0) FROM journal').pluck().get()) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const at = recordedAt.get(middle);
    if (at === undefined || Number(at) >= since) high = middle;
    else low = middle + 1;
  }
  return low;
}
