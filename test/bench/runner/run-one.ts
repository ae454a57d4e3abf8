/** Runs one bench file in a process of its own, so that the heap of one does not weigh on the next. */
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { BenchReport } from './report.ts';
import { createReport } from './report.ts';

const benchSchema = z.object({
  name: z.string(),
  run: z.custom<(report: BenchReport) => void | Promise<void>>((value) => typeof value === 'function'),
});

const file = process.argv[2];
if (file === undefined || process.send === undefined)
  throw new Error('to be started by run-all.ts with the path of a bench file');

const module: unknown = await import(pathToFileURL(file).href);
const bench = benchSchema.parse(module);
const report = createReport();
const started = performance.now();
let failed: string | null = null;
try {
  await bench.run(report);
} catch (error) {
  failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
}
const { figures, tables, notes } = report;
const result = {
  name: bench.name,
  seconds: (performance.now() - started) / 1000,
  figures,
  tables,
  notes,
  skipped: report.skipped(),
  failed,
};
process.send(result, () => process.exit(0));
