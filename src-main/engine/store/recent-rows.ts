/**
 * Rows that the writer wrote or read lately, so that they need not be read again. Only for tables that nobody else writes.
 * Rows are never changed in place. To be cleared when a transaction was rolled back.
 */
export interface RecentRows<Row> {
  get(key: string): Row | undefined;
  put(key: string, row: Row): void;
  clear(): void;
}

/** Holds between `most` and twice as many rows: when the younger half is full, the older half goes at once. */
export function createRecentRows<Row>(most: number): RecentRows<Row> {
  let young = new Map<string, Row>();
  let old = new Map<string, Row>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    put(key, row) {
      young.set(key, row);
      if (young.size < most) return;
      old = young;
      young = new Map();
    },
    clear() {
      young = new Map();
      old = new Map();
    },
  };
}
