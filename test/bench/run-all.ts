/**
 * All benchmarks, or those whose "topic/file" contains one of the words given. A bench is a file `test/bench/<topic>/<name>.bench.ts`
 * that exports `name` and `run(report)`. Prints tables, writes bench-results/latest.json. Exit code 1 when a bench
 * breaks; a missed target is printed and recorded, for it depends on the machine.
 */
import { fork } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printSection } from './runner/print.ts';
import { meetsTarget, type Section, sectionSchema } from './runner/report.ts';

const benchFolder = dirname(fileURLToPath(import.meta.url));
const projectRoot = resolve(benchFolder, '..', '..');
const words = process.argv.slice(2);

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Runs one bench file in a child of its own. */
function measure(file: string): Promise<Section> {
  const place = { topic: basename(dirname(file)), file: relative(projectRoot, file) };
  const broken = (failed: string): Section => ({
    ...place,
    name: basename(file),
    seconds: 0,
    figures: [],
    tables: [],
    notes: [],
    skipped: null,
    failed,
  });
  return new Promise((done) => {
    let section: Section | null = null;
    const child = fork(join(benchFolder, 'runner', 'run-one.ts'), [file], {
      cwd: projectRoot,
      execArgv: ['--expose-gc', '--max-old-space-size=8192'],
    });
    child.on('message', (message) => {
      const parsed = sectionSchema.omit({ topic: true, file: true }).safeParse(message);
      section = parsed.success ? { ...place, ...parsed.data } : broken(parsed.error.message);
    });
    child.on('error', (error) => done(broken(error.message)));
    child.on('exit', (code) => done(section ?? broken(`ended with exit code ${code ?? 'none'} and no report`)));
  });
}

const files = globSync('*/*.bench.ts', { cwd: benchFolder })
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort()
  .map((file) => join(benchFolder, file));
if (files.length === 0) {
  process.stderr.write(`pedkai: no benchmark matches ${words.join(' ')}\n`);
  process.exit(2);
}

const startedAt = new Date().toISOString();
const sections: Section[] = [];
for (const file of files) {
  const section = await measure(file);
  sections.push(section);
  print(printSection(section));
}

const verdicts = sections.flatMap((section) => section.figures.map(meetsTarget));
const count = (wanted: boolean): number => verdicts.filter((verdict) => verdict === wanted).length;
const failed = sections.filter((section) => section.failed !== null).length;
const skipped = sections.filter((section) => section.skipped !== null).length;
const processors = cpus();
const result = {
  started_at: startedAt,
  machine: {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: processors[0]?.model ?? 'unknown',
    processors: processors.length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
  },
  sections,
};
const folder = join(projectRoot, 'bench-results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(result, null, 2)}\n`);
print([
  '',
  `${count(true)} targets met, ${count(false)} missed; ${skipped} sections skipped, ${failed} failed; bench-results/latest.json`,
]);
process.exitCode = failed > 0 ? 1 : 0;
