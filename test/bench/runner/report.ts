import { z } from 'zod';

/** One measured figure, with the target that it has to meet and what another way of doing it takes. */
export const figureSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  /** Targets; a figure may have none. */
  at_most: z.number().optional(),
  at_least: z.number().optional(),
  /** Another way of doing the same, measured in the same run. */
  yardstick: z.object({ name: z.string(), value: z.number() }).optional(),
  note: z.string().optional(),
});
export type Figure = z.infer<typeof figureSchema>;

export const tableSchema = z.object({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number()]))),
});
export type BenchTable = z.infer<typeof tableSchema>;

/** What one bench file measured. `skipped` tells why it could not. */
export const sectionSchema = z.object({
  topic: z.string(),
  name: z.string(),
  file: z.string(),
  seconds: z.number(),
  figures: z.array(figureSchema),
  tables: z.array(tableSchema),
  notes: z.array(z.string()),
  skipped: z.string().nullable(),
  failed: z.string().nullable(),
});
export type Section = z.infer<typeof sectionSchema>;

/** Where a bench puts what it measured. */
export interface BenchReport {
  figure(figure: Figure): void;
  /** A table as it shall be printed; numbers are shown with three decimals unless they are whole. */
  table(table: BenchTable): void;
  note(text: string): void;
  /** Says why nothing was measured; to be followed by a return. */
  skip(reason: string): void;
}

/** What every `test/bench/<topic>/<name>.bench.ts` exports. */
export interface Bench {
  readonly name: string;
  run(report: BenchReport): void | Promise<void>;
}

/** Whether a figure meets its target; null where it has none. */
export function meetsTarget(figure: Figure): boolean | null {
  if (figure.at_most === undefined && figure.at_least === undefined) return null;
  if (figure.at_most !== undefined && !(figure.value <= figure.at_most)) return false;
  return figure.at_least === undefined || figure.value >= figure.at_least;
}

/** A report that remembers. */
export function createReport(): BenchReport &
  Pick<Section, 'figures' | 'tables' | 'notes'> & { skipped(): string | null } {
  const figures: Figure[] = [];
  const tables: BenchTable[] = [];
  const notes: string[] = [];
  let reasonToSkip: string | null = null;
  return {
    figures,
    tables,
    notes,
    figure: (figure) => figures.push(figure),
    table: (table) => tables.push(table),
    note: (text) => notes.push(text),
    skip: (reason) => {
      reasonToSkip = reason;
    },
    skipped: () => reasonToSkip,
  };
}
