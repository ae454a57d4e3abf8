import { toTimestamp } from '#shared/vocabulary/time.ts';
import { listAnomalies, listSeries, listSleepingCells } from '../kpi/kpi-queries.ts';
import { seriesToWire } from '../kpi/series-wire.ts';
import { alarmsOfOthers } from '../kpi/sleeping-cell-reports.ts';
import { findEntity } from '../topology/topology-queries.ts';
import { base } from './base.ts';
import { refusal } from './refusal.ts';
import type { ApiServices } from './services.ts';
import { found, pageOrRefusal, tenantOf } from './submit.ts';

const periodMax = 3_660 * 86_400_000;
const metricsMax = 20_000;

/** Implements the contract's `kpi`. */
export function kpiProcedures({ reader, kpiReader }: ApiServices) {
  return {
    series: base.kpi.series.handler(({ input, context }) => {
      const from = Date.parse(input.from);
      const to = Date.parse(input.to);
      if (from >= to || to - from > periodMax)
        throw refusal('UNPROCESSABLE_CONTENT', 'to: must be after from, and at most ten years later', {
          errors: [{ field: 'to', message: 'must be after from, and at most ten years later' }],
        });
      const series = kpiReader.read((unit) =>
        seriesToWire(unit, tenantOf(context), {
          entityId: input.entity_id,
          metricName: input.metric_name,
          from,
          to,
          resolution: input.resolution,
          maxPoints: input.max_points,
          withBaseline: input.baseline === 'true',
        }),
      );
      return found(series, `measurement ${input.metric_name} of ${input.entity_id}`);
    }),

    anomalies: base.kpi.anomalies.handler(({ input, context }) => {
      const tenantId = tenantOf(context);
      const before = pageOrRefusal(cursorOf(input.cursor));
      const filter = { entityId: input.entity_id ?? null, isOpen: input.state === 'open' };
      const rows = kpiReader.read((unit) => listAnomalies(unit, tenantId, filter, before.at, input.limit + 1));
      const items = rows.slice(0, input.limit).map((row) => ({
        ...row,
        tenant_id: tenantId,
        started_at: toTimestamp(row.started_at),
        ended_at: row.ended_at === null ? null : toTimestamp(row.ended_at),
      }));
      const last = rows[input.limit - 1];
      const isMore = rows.length > input.limit && last !== undefined;
      return { items, next_cursor: isMore ? `${last.started_at}~${last.anomaly_id}` : null };
    }),

    sleeping: base.kpi.sleeping.handler(({ context }) => {
      const tenantId = tenantOf(context);
      const rows = kpiReader.read((unit) => listSleepingCells(unit, tenantId));
      const items = reader.read((unit) =>
        rows.map(({ entity_id, since, state, loss, z_score }) => ({
          tenant_id: tenantId,
          entity_id,
          name: findEntity(unit, tenantId, entity_id)?.name ?? entity_id,
          state,
          loss,
          z_score,
          since: toTimestamp(since),
          alarms: alarmsOfOthers(unit, tenantId, entity_id),
        })),
      );
      return { items };
    }),

    metrics: base.kpi.metrics.handler(({ input, context }) => {
      const tenantId = tenantOf(context);
      const rows = kpiReader.read((unit) => listSeries(unit, tenantId, input.entity_id ?? null, metricsMax));
      const known = new Map<string, boolean>();
      const items = reader.read((unit) =>
        rows.map(({ last_time, ...row }) => {
          let isKnown = known.get(row.entity_id);
          if (isKnown === undefined) {
            isKnown = findEntity(unit, tenantId, row.entity_id) !== null;
            known.set(row.entity_id, isKnown);
          }
          return { ...row, last_sample_at: toTimestamp(last_time), is_known_entity: isKnown };
        }),
      );
      return { items: input.entities === 'unknown' ? items.filter((item) => !item.is_known_entity) : items };
    }),
  };
}

/** Where a page starts; null when the cursor is not one that a list gave out. */
function cursorOf(cursor: string | undefined): { at: [number, string] | null } | null {
  if (cursor === undefined) return { at: null };
  const [startedAt, anomalyId] = cursor.split('~');
  const time = Number(startedAt);
  return anomalyId === undefined || startedAt === '' || !Number.isSafeInteger(time) ? null : { at: [time, anomalyId] };
}
