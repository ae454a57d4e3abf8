import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { SqliteClient } from './database.ts';

/**
 * A prepared "insert, or replace all other columns" of whole rows, made once from the table's own definition.
 * `fixed` columns never change once written; leaving them alone spares their indexes. Several times faster than building the query for each row, which matters on the core's hot path.
 */
export function prepareUpsert<T extends SQLiteTable>(
  client: SqliteClient,
  table: T,
  keys: readonly (keyof T['$inferSelect'] & string)[],
  fixed: readonly (keyof T['$inferSelect'] & string)[] = [],
): (row: T['$inferSelect'] & object) => void {
  const columns = Object.entries(getTableColumns(table));
  const quoted = columns.map(([, column]) => `"${column.name}"`);
  const isKey = new Set<string>(keys);
  const isFixed = new Set<string>(fixed);
  const keyColumns = columns.filter(([property]) => isKey.has(property)).map(([, column]) => `"${column.name}"`);
  const updates = columns
    .filter(([property]) => !isKey.has(property) && !isFixed.has(property))
    .map(([, column]) => `"${column.name}" = excluded."${column.name}"`);
  const statement = client.prepare(
    `INSERT INTO "${getTableName(table)}" (${quoted.join(', ')}) VALUES (${quoted.map(() => '?').join(', ')})
     ON CONFLICT (${keyColumns.join(', ')}) DO UPDATE SET ${updates.join(', ')}`,
  );
  return (row) => {
    statement.run(columns.map(([property, column]) => driverValue(column, Reflect.get(row, property))));
  };
}

/** Numbers and texts go as they are; only booleans and JSON need the column's own mapping. */
function driverValue(column: SQLiteColumn, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' ? value : column.mapToDriverValue(value);
}
