import type { SerialisedError } from '../core/thread-messages.ts';
import type { LogLevel } from '../telemetry/logger.ts';
import type { KpiAnswer, KpiBody, KpiSettings } from './kpi-core.ts';
import type { SleepingCellEvent } from './kpi-watch.ts';

/** What the thread of measurements is started with. */
export interface KpiThreadData {
  readonly settings: KpiSettings;
  readonly logLevel: LogLevel;
}

export type ToKpiThread =
  | { readonly kind: 'ingest'; readonly number: number; readonly tenantId: string; readonly body: KpiBody }
  | { readonly kind: 'close' };

export type FromKpiThread =
  | { readonly kind: 'opened' }
  | { readonly kind: 'could-not-open'; readonly error: SerialisedError }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: KpiAnswer; readonly waiting: number }
  | { readonly kind: 'failed'; readonly number: number; readonly error: SerialisedError }
  | { readonly kind: 'progress'; readonly waiting: number }
  | { readonly kind: 'sleeping-cell'; readonly event: SleepingCellEvent }
  | { readonly kind: 'log'; readonly line: string };
