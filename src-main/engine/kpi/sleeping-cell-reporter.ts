import type { Intake } from '../core/intake.ts';
import type { Reader } from '../store/database.ts';
import { errorFields, type Logger } from '../telemetry/logger.ts';
import { traceContextFrom } from '../telemetry/trace-context.ts';
import type { SleepingCellEvent } from './kpi-watch.ts';
import { alarmsOfOthers, isSaidToSleep, reportOfSleepingCell } from './sleeping-cell-reports.ts';

export interface SleepingCellReporterDeps {
  readonly reader: Reader;
  readonly intake: Pick<Intake, 'submit'>;
  readonly newId: () => string;
  readonly clock: () => number;
  readonly logger: Logger;
}

/** Hands sleeping cells to the core as reports of the engine's own. */
export function createSleepingCellReporter(deps: SleepingCellReporterDeps): (event: SleepingCellEvent) => void {
  const { reader, intake, newId, clock, logger } = deps;
  return (event) => {
    const { tenantId, entityId } = event;
    const report = reportOfSleepingCell(
      event,
      reader.read((unit) => alarmsOfOthers(unit, tenantId, entityId)),
      clock(),
    );
    if (report === null) return;
    if (event.state === null && !reader.read((unit) => isSaidToSleep(unit, tenantId, entityId))) return;
    const trace = traceContextFrom(undefined, undefined);
    intake.submit({ kind: 'report', entryId: newId(), tenantId, report, trace }).catch((error: unknown) => {
      logger.error('report', 'A sleeping cell could not be reported.', { entity_id: entityId, ...errorFields(error) });
    });
  };
}
