import { learnCauses } from '#engine/correlation/causes/learn-causes.ts';
import { toCorrelationTopology } from '#engine/correlation/correlate-file.ts';
import { readAlarms, readTopologyInput } from '../files/read-input.ts';
import { printLine } from '../output.ts';

export interface CausesOptions {
  readonly topology?: string | undefined;
  readonly zero: number;
}

/** Prints which alarm type causes which, learned from recorded alarms: one pair a line, the surest first. */
export async function printCauses(file: string, options: CausesOptions): Promise<void> {
  const raised = readAlarms(file, options.zero)
    .filter((alarm) => alarm.severity !== 'cleared')
    .map((alarm) => ({
      entityId: alarm.entity_id,
      alarmType: alarm.alarm_type,
      raisedAt: Date.parse(alarm.raised_at),
    }));
  const topology = options.topology === undefined ? null : toCorrelationTopology(readTopologyInput(options.topology));
  for (const { cause, effect, lagSeconds, support, expected, confidence } of learnCauses(raised, topology))
    await printLine(JSON.stringify({ cause, effect, lag_s: lagSeconds, support, expected, confidence }));
}
