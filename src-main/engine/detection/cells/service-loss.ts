/** How one KPI of a cell stands against what was expected of it. */
export interface KpiReading {
  readonly metricName: string;
  readonly value: number;
  readonly baseline: number;
  /** The usual size of the baseline over the day; keeps quiet hours from being all or nothing. */
  readonly typical: number;
}

/** Part of the typical size that is added on both sides, so that zero has a logarithm. */
const offsetShare = 0.03;
/** A KPI that fell to a twentieth and one that fell to nothing are the same loss. */
const largestFall = -3;

/** KPIs that measure how much a cell serves, by their names; failures, drops and delays do not fall when a cell sleeps. */
const serves =
  /traffic|volume|users|rrc|handover|attempt|prb|utili[sz]ation|load|erlang|bytes|packet|call|session|throughput|bearer|active/i;
const complains =
  /fail|drop|loss|lost|delay|latency|jitter|error|interference|rate|ratio|quality|sinr|rsrp|temperature|uptime/i;

/** Whether a KPI measures how much a cell serves. */
export function measuresService(metricName: string): boolean {
  return serves.test(metricName) && !complains.test(metricName);
}

/**
 * The logarithm of the share of its usual service that a cell gives now: 0 as usual, below 0 less. It is the upper median over
 * the KPIs that measure service, so that counters that were reset do not make a loss. Null: nothing to go by.
 */
export function servedShare(readings: readonly KpiReading[]): number | null {
  const falls = readings
    .filter(({ metricName, typical }) => measuresService(metricName) && typical > 0)
    .map(({ value, baseline, typical }) => {
      const offset = offsetShare * typical;
      return Math.max(largestFall, Math.log((Math.max(0, value) + offset) / (Math.max(0, baseline) + offset)));
    })
    .sort((left, right) => left - right);
  return falls.length === 0 ? null : (falls[falls.length >> 1] ?? null);
}

/** The middle of some numbers; null for none. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[sorted.length >> 1] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? 0)) / 2;
}
