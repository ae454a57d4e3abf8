import { z } from 'zod';

/** Severities of a standing alarm, highest first: ITU-T X.733 §8.1.2.3 perceived severity without "cleared". */
export const severities = ['critical', 'major', 'minor', 'warning', 'indeterminate'] as const;

export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

/** Severity as a source reports it: `cleared` says that the condition is over (X.733 §8.1.2.3). */
export const reportedSeveritySchema = z.enum([...severities, 'cleared']);
export type ReportedSeverity = z.infer<typeof reportedSeveritySchema>;

/** 5 for critical down to 1 for indeterminate. */
export function severityRank(severity: Severity): number {
  return severities.length - severities.indexOf(severity);
}

/** The higher of two severities. */
export function highestSeverity(left: Severity, right: Severity): Severity {
  return severityRank(left) >= severityRank(right) ? left : right;
}
