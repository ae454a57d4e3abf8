import { and, between, count, desc, eq, gte, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { AlarmRatePoint, Scorecard } from '#shared/api/scorecard.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { alarmRate, alarms } from '../alarms/alarms.schema.ts';
import { correctionQuality } from '../corrections/correction-queries.ts';
import { clusters } from '../correlation/clusters.schema.ts';
import { incidents } from '../incidents/incidents.schema.ts';
import type { RaisedInMinute } from '../noise/flood-rules.ts';
import type { ReadUnit } from '../store/database.ts';

/** ISA-18.2 and EEMUA 191 count alarms per ten minutes. */
export const rateIntervalMilliseconds = 600_000;
/** More alarms than this in one interval are a flood (ISA-18.2, as restated by public sources). */
export const floodThreshold = 10;

const intervalStart = (at: number) => at - (at % rateIntervalMilliseconds);

/** Alarms raised per ten minutes between two times (ms), oldest first, empty intervals included. */
export function alarmRatePoints(unit: ReadUnit, tenantId: string, from: number, to: number): AlarmRatePoint[] {
  const first = intervalStart(from);
  const rows = unit.orm
    .select({ bucket: alarmRate.bucket, raised: alarmRate.raised })
    .from(alarmRate)
    .where(and(eq(alarmRate.tenantId, tenantId), gte(alarmRate.bucket, first), lt(alarmRate.bucket, to)))
    .all();
  const raised = new Map<number, number>();
  for (const row of rows)
    raised.set(intervalStart(row.bucket), (raised.get(intervalStart(row.bucket)) ?? 0) + row.raised);
  const points: AlarmRatePoint[] = [];
  for (let at = first; at < to; at += rateIntervalMilliseconds)
    points.push({ at: toTimestamp(at), raised: raised.get(at) ?? 0 });
  return points;
}

/** Alarms raised in the ten minutes before `now` (ms), to the minute. */
export function raisedInLastTenMinutes(unit: ReadUnit, tenantId: string, now: number): number {
  const [row] = unit.orm
    .select({ raised: sql<number>`coalesce(sum(${alarmRate.raised}), 0)` })
    .from(alarmRate)
    .where(and(eq(alarmRate.tenantId, tenantId), between(alarmRate.bucket, now - rateIntervalMilliseconds, now)))
    .all();
  return row?.raised ?? 0;
}

/** Alarms raised in each minute of a period (ms), oldest first, empty minutes left out. */
export function raisedByMinute(unit: ReadUnit, tenantId: string, from: number, to: number): RaisedInMinute[] {
  return unit.orm
    .select({ at: alarmRate.bucket, raised: alarmRate.raised })
    .from(alarmRate)
    .where(and(eq(alarmRate.tenantId, tenantId), between(alarmRate.bucket, from, to)))
    .orderBy(alarmRate.bucket)
    .all();
}

/** The scorecard of a tenant for a period (ms). */
export function getScorecard(unit: ReadUnit, tenantId: string, from: number, to: number): Scorecard {
  // An incident that the engine closed because its cluster was merged was never a case of its own.
  const isCase = or(isNotNull(incidents.resolvedAt), isNull(incidents.closedAt));
  const mine = and(eq(incidents.tenantId, tenantId), isCase);
  const [opened] = unit.orm
    .select({ value: count() })
    .from(incidents)
    .where(and(mine, between(incidents.createdAt, from, to)))
    .all();
  const [acknowledged] = unit.orm
    .select({ seconds: sql<number | null>`avg((${incidents.acknowledgedAt} - ${incidents.createdAt}) / 1000.0)` })
    .from(incidents)
    .where(and(mine, between(incidents.acknowledgedAt, from, to)))
    .all();
  const [resolved] = unit.orm
    .select({
      value: count(),
      seconds: sql<number | null>`avg((${incidents.resolvedAt} - ${incidents.createdAt}) / 1000.0)`,
    })
    .from(incidents)
    .where(and(mine, between(incidents.resolvedAt, from, to)))
    .all();
  const [formed] = unit.orm
    .select({ value: count() })
    .from(clusters)
    .where(and(eq(clusters.tenantId, tenantId), ne(clusters.state, 'merged'), between(clusters.createdAt, from, to)))
    .all();
  const topEntities = unit.orm
    .select({ entity_id: alarms.entityId, alarms: count() })
    .from(alarms)
    .where(and(eq(alarms.tenantId, tenantId), between(alarms.changedAt, from, to)))
    .groupBy(alarms.entityId)
    .orderBy(desc(count()), alarms.entityId)
    .limit(10)
    .all();
  const judged = correctionQuality(unit, tenantId, from, to);
  const rate = alarmRatePoints(unit, tenantId, from, to);
  const raised = rate.reduce((sum, point) => sum + point.raised, 0);
  const clustersFormed = formed?.value ?? 0;
  return {
    from: toTimestamp(from),
    to: toTimestamp(to),
    incidents_opened: opened?.value ?? 0,
    incidents_resolved: resolved?.value ?? 0,
    mtta_seconds: acknowledged?.seconds ?? null,
    mttr_seconds: resolved?.seconds ?? null,
    alarms_raised: raised,
    clusters_formed: clustersFormed,
    clusters_judged: judged.clusters,
    clusters_corrected: judged.corrected,
    correlation_quality: judged.clusters === 0 ? null : 1 - judged.corrected / judged.clusters,
    noise_reduction: raised === 0 ? null : 1 - clustersFormed / raised,
    average_per_ten_minutes: rate.length === 0 ? 0 : raised / rate.length,
    maximum_per_ten_minutes: rate.reduce((most, point) => Math.max(most, point.raised), 0),
    flood_share: rate.length === 0 ? 0 : rate.filter((point) => point.raised > floodThreshold).length / rate.length,
    rate,
    top_entities: topEntities,
  };
}
