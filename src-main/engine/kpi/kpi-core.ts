import { v7 as uuidv7 } from 'uuid';
import type { Synchronous } from '../store/database.ts';
import type { Logger } from '../telemetry/logger.ts';
import { errorFields } from '../telemetry/logger.ts';
import { createFindingStore } from './finding-store.ts';
import { openKpiForWriting } from './kpi-database.ts';
import { createKpiStore, type SeriesSampleRow } from './kpi-store.ts';
import { createKpiWatch, type SleepingCellEvent } from './kpi-watch.ts';
import { type ParsedSamples, parseSampleArray, parseSampleLines, type RejectedSample } from './parse-samples.ts';
import { type KpiRetention, rollUpOldBlocks } from './retention.ts';

/** What the writer of measurements needs to know, as plain data: it crosses into its thread. */
export interface KpiSettings {
  readonly databaseFile: string;
  readonly synchronous: Synchronous;
  readonly retention: KpiRetention;
  /** Whether samples are judged; importing alone does not. */
  readonly watches: boolean;
}

export interface KpiAnswer {
  readonly accepted: number;
  readonly rejected: readonly RejectedSample[];
}

/** A body with samples, as it came. */
export interface KpiBody {
  readonly format: 'json' | 'ndjson';
  readonly text: string;
}

/** The writer of measurements: accepts first, judges afterwards. */
export interface KpiCore {
  /** Stores samples; when it returns they are on disk. Throws SyntaxError when the body is not JSON. */
  ingest(tenantId: string, body: KpiBody): KpiAnswer;
  ingestParsed(tenantId: string, parsed: ParsedSamples): KpiAnswer;
  /** Does a little of what waits: judging, folding, rolling up. True when there is more. */
  work(): boolean;
  /** How many samples wait to be judged. */
  waiting(): number;
  close(): void;
}

/** Samples are judged in portions, so that accepting need not wait long. */
const portion = 2_000;
/** The inbox is folded when it holds so many samples: what readers have to look through stays small. */
const foldFrom = 60_000;
const rollUpEvery = 3_600_000;
/** After a start what was stored of so long is learned again. */
const relearnMilliseconds = 28 * 86_400_000;

export function openKpiCore(
  settings: KpiSettings,
  logger: Logger,
  clock: () => number,
  onSleepingCell: (event: SleepingCellEvent) => void,
): KpiCore {
  const client = openKpiForWriting(settings.databaseFile, settings.synchronous);
  const store = createKpiStore(client);
  const findings = createFindingStore(client);
  const watch = createKpiWatch({ store, findings, newId: () => uuidv7(), onSleepingCell });
  store.fold();
  const newest = store.newest();
  const toRelearn = settings.watches && newest !== null ? store.daysFrom(newest - relearnMilliseconds) : [];
  let isSettled = !settings.watches;
  const queue: SeriesSampleRow[][] = [];
  let queued = 0;
  let rolledUpAt = Number.NEGATIVE_INFINITY;

  const observe = (rows: SeriesSampleRow[]): void => {
    try {
      client.transaction(() => watch.observe(rows)).immediate();
    } catch (error) {
      logger.error('observe', 'Samples could not be judged; they are stored.', errorFields(error));
    }
  };

  /** Learns a stored day again, then says who sleeps; new samples wait meanwhile. */
  const relearn = (): void => {
    const day = toRelearn.shift();
    if (day === undefined) {
      watch.settle(clock());
      isSettled = true;
      return;
    }
    try {
      watch.relearn(store.readDay(day));
    } catch (error) {
      logger.error('relearn', 'A stored day could not be learned again.', errorFields(error));
    }
  };

  const ingestParsed = (tenantId: string, { samples, rejected }: ParsedSamples): KpiAnswer => {
    const rows = store.append(tenantId, samples);
    if (settings.watches)
      for (let start = 0; start < rows.length; start += portion) queue.push(rows.slice(start, start + portion));
    if (settings.watches) queued += rows.length;
    if (store.waiting() >= foldFrom) store.fold();
    return { accepted: rows.length, rejected };
  };

  return {
    ingest: (tenantId, { format, text }) =>
      ingestParsed(tenantId, format === 'json' ? parseSampleArray(text, clock()) : parseSampleLines(text, clock())),
    ingestParsed,
    work() {
      if (!isSettled) {
        relearn();
        return true;
      }
      const rows = queue.shift();
      if (rows !== undefined) {
        queued -= rows.length;
        observe(rows);
        return true;
      }
      if (clock() - rolledUpAt < rollUpEvery) return false;
      const isMore = rollUpOldBlocks(client, settings.retention, clock());
      if (!isMore) rolledUpAt = clock();
      return isMore;
    },
    waiting: () => queued,
    close() {
      if (isSettled) for (const rows of queue) observe(rows);
      store.fold();
      client.close();
    },
  };
}
