import { and, asc, eq, gt } from 'drizzle-orm';
import { alarms } from '#engine/alarms/alarms.schema.ts';
import type { AlarmLine } from '#shared/files/alarms-file.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { printLine } from '../output.ts';
import { withReader } from './local-store.ts';

const rowsPerRead = 1_000;

/** Prints a tenant's alarms as ALARMS.jsonl, in the order of their ids; works beside a running engine. */
export async function exportAlarms({
  dataDir,
  tenant,
}: {
  readonly dataDir: string;
  readonly tenant: string;
}): Promise<void> {
  let after = '';
  for (;;) {
    const rows = withReader(dataDir, (reader) =>
      reader.read((unit) =>
        unit.orm
          .select()
          .from(alarms)
          .where(and(eq(alarms.tenantId, tenant), gt(alarms.alarmId, after)))
          .orderBy(asc(alarms.alarmId))
          .limit(rowsPerRead)
          .all(),
      ),
    );
    for (const row of rows) {
      const line: AlarmLine = {
        alarm_id: row.alarmId,
        entity_id: row.entityId,
        alarm_type: row.alarmType,
        severity: row.severity,
        raised_at: toTimestamp(row.raisedAt),
        source_system: row.sourceSystem,
        specific_problem: row.specificProblem,
        text: row.text,
        ...(row.clearedAt === null ? {} : { cleared_at: toTimestamp(row.clearedAt) }),
      };
      await printLine(JSON.stringify(line));
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.alarmId;
  }
}
