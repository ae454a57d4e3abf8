import { type CellGroup, createCellGroup, watchCells } from '../detection/cells/cell-group.ts';
import type { SleepFinding, SleepState } from '../detection/cells/cell-watch.ts';
import { measuresService } from '../detection/cells/service-loss.ts';
import { createOnlineDetector, judge, type OnlineDetector } from '../detection/online-detector.ts';
import { type CellTicks, createCellTicks } from './cell-ticks.ts';
import type { FindingStore } from './finding-store.ts';
import type { KpiStore, SeriesKey, SeriesSampleRow } from './kpi-store.ts';

/** A sleeping cell that began, got worse or better, or woke up (`state` null). */
export interface SleepingCellEvent {
  readonly tenantId: string;
  readonly entityId: string;
  readonly state: SleepState | null;
  readonly loss: number;
  readonly zScore: number;
  readonly since: number;
  /** Time of the sample that told it, ms. */
  readonly at: number;
}

export interface KpiWatchDeps {
  readonly store: Pick<KpiStore, 'seriesOf' | 'read' | 'fold'>;
  readonly findings: FindingStore;
  readonly newId: () => string;
  readonly onSleepingCell: (event: SleepingCellEvent) => void;
}

/** Detection on what is stored: a detector per series, a group of cells per tenant. */
export interface KpiWatch {
  /** Judges samples; those that are not newer than what a series was judged by already are only stored. */
  observe(rows: readonly SeriesSampleRow[]): void;
  /** Learns from stored samples again after a start, saying nothing. */
  relearn(rows: readonly SeriesSampleRow[]): void;
  /** After learning again: who is asleep now is so in the store too, and nobody else. */
  settle(time: number): void;
}

interface WatchedSeries {
  readonly key: SeriesKey;
  readonly detector: OnlineDetector;
  readonly service: boolean;
  lastTime: number;
  typical: number;
  seen: number;
  anomalyId: string | null;
}

interface WatchedTenant {
  readonly group: CellGroup;
  readonly ticks: CellTicks;
  readonly asleep: Map<string, SleepFinding>;
}

/** After a start a detector learns from so much of what is stored, before it judges. */
const learnedFrom = 28 * 86_400_000;
/** A week of quarter hours: how far back a typical size reaches. */
const typicalMemory = 672;

export function createKpiWatch({ store, findings, newId, onSleepingCell }: KpiWatchDeps): KpiWatch {
  const watched = new Map<number, WatchedSeries>();
  const tenants = new Map<string, WatchedTenant>();

  const tenantOf = (tenantId: string): WatchedTenant => {
    let tenant = tenants.get(tenantId);
    if (tenant === undefined) {
      tenant = { group: createCellGroup(), ticks: createCellTicks(), asleep: new Map() };
      tenants.set(tenantId, tenant);
    }
    return tenant;
  };

  const seriesOf = (seriesId: number, firstTime: number, isRelearning: boolean): WatchedSeries | null => {
    const found = watched.get(seriesId);
    if (found !== undefined) return found;
    const key = store.seriesOf(seriesId);
    if (key === undefined) return null;
    const series: WatchedSeries = {
      key,
      detector: createOnlineDetector(),
      service: measuresService(key.metricName),
      lastTime: Number.NEGATIVE_INFINITY,
      typical: 0,
      seen: 0,
      anomalyId: null,
    };
    watched.set(seriesId, series);
    if (isRelearning) return series;
    for (const { time, value } of store.read(seriesId, firstTime - learnedFrom))
      if (time < firstTime) learnFrom(series, time, value);
    return series;
  };

  const learnFrom = (series: WatchedSeries, time: number, value: number) => {
    const finding = judge(series.detector, time, value);
    series.lastTime = time;
    series.seen++;
    series.typical += (Math.abs(finding.baseline) - series.typical) / Math.min(series.seen, typicalMemory);
    return finding;
  };

  const observeOne = ({ seriesId, time, value }: SeriesSampleRow, isQuiet: boolean): void => {
    const series = seriesOf(seriesId, time, isQuiet);
    if (series === null || time <= series.lastTime) return;
    const finding = learnFrom(series, time, value);
    if (isQuiet) {
      // Was said before the engine stopped.
    } else if (finding.isAnomaly && series.anomalyId === null) {
      series.anomalyId = newId();
      findings.beginAnomaly(series.anomalyId, series.key, time, value, finding);
    } else if (series.anomalyId !== null) {
      if (finding.isAnomaly) findings.worsenAnomaly(series.anomalyId, value, finding);
      else {
        findings.endAnomaly(series.anomalyId, time);
        series.anomalyId = null;
      }
    }
    if (!series.service) return;
    const { tenantId, entityId, metricName } = series.key;
    const tenant = tenantOf(tenantId);
    const reading = { metricName, value, baseline: finding.baseline, typical: series.typical };
    for (const tick of tenant.ticks.add(time, entityId, reading)) {
      for (const { cellId, sleep } of watchCells(tenant.group, tick.time, tick.readings)) {
        const before = tenant.asleep.get(cellId);
        if (sleep === null) {
          if (before === undefined) continue;
          tenant.asleep.delete(cellId);
          if (isQuiet) continue;
          findings.endSleep(tenantId, cellId, before.since, tick.time);
          onSleepingCell({
            tenantId,
            entityId: cellId,
            state: null,
            loss: 0,
            zScore: 0,
            since: before.since,
            at: tick.time,
          });
          continue;
        }
        tenant.asleep.set(cellId, sleep);
        if (isQuiet) continue;
        findings.followSleep(tenantId, cellId, sleep);
        if (before?.state !== sleep.state) onSleepingCell({ tenantId, entityId: cellId, ...sleep, at: tick.time });
      }
    }
  };

  return {
    observe(rows) {
      const isNew = rows.some(({ seriesId }) => !watched.has(seriesId));
      if (isNew) store.fold();
      for (const row of rows.toSorted((left, right) => left.time - right.time)) observeOne(row, false);
    },
    relearn(rows) {
      for (const row of rows.toSorted((left, right) => left.time - right.time)) observeOne(row, true);
    },
    settle(time) {
      findings.endAll(time);
      for (const [tenantId, { asleep }] of tenants)
        for (const [cellId, sleep] of asleep) findings.followSleep(tenantId, cellId, sleep);
    },
  };
}
