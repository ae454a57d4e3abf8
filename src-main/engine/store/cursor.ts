import { z } from 'zod';

/** Reads a page cursor, which is the sequence below which the next page starts. Null when it is not one of ours. */
export function readCursor(cursor: string | undefined): number | null | undefined {
  if (cursor === undefined) return undefined;
  const parsed = z.coerce.number().int().positive().safe().safeParse(cursor);
  return parsed.success ? parsed.data : null;
}

/** Cuts a page out of `limit + 1` rows, newest change first, and tells where the next one starts. */
export function pageFrom<Row extends { readonly sequence: number }, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toItem),
    next_cursor: rows.length > limit && last !== undefined ? String(last.sequence) : null,
  };
}
