import { getTableColumns } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/** The columns of a table for a SELECT, each under the name that the code knows it by: `"alarm_id" AS "alarmId", …`. */
export function selectedColumns(table: SQLiteTable): string {
  return Object.entries(getTableColumns(table))
    .map(([property, column]) => `"${column.name}" AS "${property}"`)
    .join(', ');
}
