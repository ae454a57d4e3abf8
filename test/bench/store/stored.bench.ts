import { readFileSync } from 'node:fs';
import type { BenchReport } from '#test/bench/runner/report.ts';
import { startEngineProcess } from '#test/support/hosts/engine-process.ts';
import { type BenchEngine, catchUp, withEngine } from '../ingest/bench-engine.ts';

const stored = 200_000;
const linesPerBatch = 10_000;
const lists = [
  '/alarms',
  '/alarms?state=active',
  '/alarms?state=cleared',
  '/clusters',
  '/clusters?state=all',
  '/incidents',
  '/incidents?state=open',
];

export const name = `an engine with ${stored.toLocaleString('en-US')} stored alarms`;

export async function run(report: BenchReport): Promise<void> {
  await withEngine(async (bench) => {
    for (let start = 0; start < stored; start += linesPerBatch) await fill(bench, start);
    await catchUp(bench.engine.url);
    await bench.engine.stop();
    const startedAt = performance.now();
    const engine = await startEngineProcess(['--data-dir', bench.dataFolder]);
    try {
      report.figure({ name: 'ready after', value: (performance.now() - startedAt) / 1_000, unit: 's', at_most: 3 });
      for (const list of lists) {
        const times: number[] = [];
        for (let round = 0; round < 5; round++) times.push(await firstPage(engine.url, bench.token, list));
        report.figure({ name: `first page of ${list}`, value: median(times), unit: 'ms', at_most: 20 });
      }
      report.figure({
        name: 'resident memory',
        value: residentMegabytes(engine.process.pid),
        unit: 'MB',
        at_most: 400,
      });
    } finally {
      await engine.stop();
    }
  });
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((left, right) => left - right)[numbers.length >> 1] ?? Number.NaN;

async function firstPage(url: string, token: string, list: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${url}/api/v1${list}`, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${list} answered ${response.status}.`);
  return performance.now() - startedAt;
}

/** One alarm in ten stands, the others are over: as in a network that has been watched for a while. */
async function fill({ engine, token }: BenchEngine, start: number): Promise<void> {
  const lines = Array.from({ length: linesPerBatch }, (_, offset) => {
    const index = start + offset;
    const raisedAt = Date.UTC(2026, 9, 1) + index * 10_000;
    return JSON.stringify({
      entity_id: `ENTITY-${index % 40_000}`,
      alarm_type: `TYPE-${Math.floor(index / 40_000)}`,
      severity: index % 7 === 0 ? 'major' : 'minor',
      raised_at: new Date(raisedAt).toISOString(),
      source_system: 'bench',
      ...(index % 10 === 0 ? {} : { cleared_at: new Date(raisedAt + 60_000).toISOString() }),
    });
  });
  const response = await fetch(`${engine.url}/api/v1/alarms/ingest/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  if (response.status !== 202) throw new Error(`A batch was answered ${response.status}.`);
}

/** Resident set of a process in megabytes, from Linux's process table; not a number elsewhere. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024;
  } catch {
    return Number.NaN;
  }
}
