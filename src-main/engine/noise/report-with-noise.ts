/** How a report changes an alarm that may flap. Pure; what does not flap is left to the alarm rules. */
import type { AlarmIngested } from '#shared/events/events.ts';
import { type AlarmRow, applyReport, type ReportResult } from '../alarms/alarm-rules.ts';
import { asNoise } from './alarm-noise.ts';
import { clearedWhileHeld, type FlapState, firstRaise, heldUntil, letGo, raisedAgain } from './flapping-rules.ts';

export interface NoisyReportResult extends ReportResult {
  /** Set when this report began the holding. */
  readonly begins: boolean;
}

/**
 * Applies a report. An alarm that is held open stays open whatever the source says, and remembers the source's last word.
 */
export function applyReportWithNoise(
  existing: AlarmRow | null,
  report: AlarmIngested,
  founding: { readonly alarmId: string; readonly now: number },
): NoisyReportResult {
  const flaps = existing?.noise?.flaps ?? null;
  const result = applyReport(existing, report, founding);
  if (existing !== null && flaps !== null && flaps.flapping_since !== null)
    return { ...whileHeld(existing, flaps, result, report, founding.now), begins: false };
  if (existing === null || result.outcome !== 'new' || !wasRaisedBefore(existing)) return { ...result, begins: false };
  const before = flaps ?? firstRaise(existing.raisedAt, founding.now);
  const state = raisedAgain(before, Date.parse(report.raised_at), founding.now);
  const begins = state.flapping_since !== null;
  const remembered = withFlaps(result.alarm, state);
  if (!begins || !remembered.isCleared) return { ...result, alarm: remembered, begins };
  // Raised and cleared in one report: what begins with it is held open too.
  return { ...heldOpen(remembered, state, result, founding.now), begins };
}

function whileHeld(
  existing: AlarmRow,
  flaps: FlapState,
  result: ReportResult,
  report: AlarmIngested,
  now: number,
): ReportResult {
  let state = flaps;
  const raisedAt = Date.parse(report.raised_at);
  const saysClear = flaps.source_cleared_at !== null;
  const isBack = report.severity !== 'cleared' && saysClear && raisedAt >= (flaps.source_cleared_at ?? raisedAt);
  if (isBack) state = raisedAgain(state, raisedAt, now);
  const alarm = withFlaps({ ...result.alarm, isAcked: existing.isAcked, ackedBy: existing.ackedBy }, state);
  return alarm.isCleared ? heldOpen(alarm, state, result, now) : { ...result, alarm };
}

/** The clear is remembered, not carried out. */
function heldOpen(alarm: AlarmRow, state: FlapState, result: ReportResult, now: number): ReportResult {
  const next = clearedWhileHeld(state, alarm.clearedAt ?? now, now);
  return {
    alarm: withFlaps({ ...alarm, isCleared: false, clearedAt: null }, next),
    outcome: result.outcome,
    transitions: result.transitions.filter((transition) => transition !== 'cleared'),
  };
}

/** The holding is over: what the source said last is reported. A clear comes out as one. */
export function release(alarm: AlarmRow, now: number): Pick<ReportResult, 'alarm' | 'transitions'> {
  const flaps = alarm.noise?.flaps ?? null;
  if (flaps === null || flaps.flapping_since === null) return { alarm, transitions: [] };
  const released = { ...withFlaps(alarm, letGo(flaps)), changedAt: now };
  const clearedAt = flaps.source_cleared_at;
  if (clearedAt === null || alarm.isCleared) return { alarm: released, transitions: [] };
  return { alarm: { ...released, isCleared: true, clearedAt }, transitions: ['cleared'] };
}

/** An alarm that a person cleared is held no more. */
export function endHolding(alarm: AlarmRow): AlarmRow {
  const flaps = alarm.noise?.flaps ?? null;
  return alarm.isCleared && flaps !== null && flaps.flapping_since !== null ? withFlaps(alarm, letGo(flaps)) : alarm;
}

/** Founded by a clear: it was never raised. */
function wasRaisedBefore(alarm: AlarmRow): boolean {
  return !(alarm.isAcked && alarm.ackedBy === null && alarm.severity === 'indeterminate');
}

function withFlaps(alarm: AlarmRow, flaps: FlapState): AlarmRow {
  return {
    ...alarm,
    noise: asNoise({ flaps, suppressed_by: alarm.noise?.suppressed_by ?? null }),
    heldUntil: heldUntil(flaps),
  };
}

/** The same alarm, suppressed by a window or by none. */
export function withSuppression(alarm: AlarmRow, windowId: string | null): AlarmRow {
  if ((alarm.noise?.suppressed_by ?? null) === windowId) return alarm;
  return { ...alarm, noise: asNoise({ flaps: alarm.noise?.flaps ?? null, suppressed_by: windowId }) };
}
