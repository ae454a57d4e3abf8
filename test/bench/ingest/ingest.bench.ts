import { z } from 'zod';
import type { BenchReport } from '#test/bench/runner/report.ts';
import {
  type BenchEngine,
  type CatchUp,
  catchUp,
  eventLoopLag,
  runLoad,
  withBareServer,
  withEngine,
} from './bench-engine.ts';

const connections = 32;
const seconds = 6;
const linesPerBatch = 5_000;
const batches = 20;

const batchSchema = z.object({ accepted: z.int(), duplicate: z.int(), rejected: z.array(z.unknown()) });

export const name = 'alarms over HTTP, each answered after the commit (synchronous=full)';

export async function run(report: BenchReport): Promise<void> {
  await measureSingles(report);
  await measureBatches(report);
}

async function measureSingles(report: BenchReport): Promise<void> {
  const bareBefore = await withBareServer((url) => runLoad(url, 'none', connections, seconds));
  const [durable, lag, behind] = await withEngine(async ({ engine, token }) => {
    await runLoad(engine.url, token, connections, 2);
    await catchUp(engine.url);
    const result = await runLoad(engine.url, token, connections, seconds);
    return [result, await eventLoopLag(engine.url), await catchUp(engine.url)] as const;
  });
  const bareAfter = await withBareServer((url) => runLoad(url, 'none', connections, seconds));
  const bare = (bareBefore.requests + bareAfter.requests) / (bareBefore.seconds + bareAfter.seconds);
  const rate = durable.requests / durable.seconds;
  report.figure({
    name: `single POSTs, ${connections} connections`,
    value: rate,
    unit: 'requests/s',
    yardstick: { name: 'bare node:http', value: bare },
  });
  report.figure({ name: 'ratio to bare node:http', value: rate / bare, unit: '', at_least: 0.5 });
  report.figure({ name: 'latency p99', value: durable.p99_ms, unit: 'ms' });
  report.figure({ name: 'refused', value: durable.refused, unit: 'requests', at_most: 0 });
  report.figure({ name: 'event-loop delay p99 meanwhile', value: lag, unit: 'ms' });
  reportCatchUp(report, behind);
}

/** How far the handlers were behind when the last alarm was answered, and how long they needed for it. */
function reportCatchUp(report: BenchReport, { entries, seconds: took }: CatchUp): void {
  report.figure({ name: 'accepted and not worked in at the end', value: entries, unit: 'alarms' });
  report.figure({ name: 'worked in after', value: took, unit: 's' });
}

async function measureBatches(report: BenchReport): Promise<void> {
  await withEngine(async (bench) => {
    await sendBatch(bench, 0);
    await catchUp(bench.engine.url);
    const startedAt = performance.now();
    for (let batch = 1; batch <= batches; batch++) await sendBatch(bench, batch);
    const rate = (batches * linesPerBatch) / ((performance.now() - startedAt) / 1_000);
    const lag = await eventLoopLag(bench.engine.url);
    report.figure({ name: `batches of ${linesPerBatch} lines`, value: rate, unit: 'alarms/s', at_least: 25_000 });
    report.figure({ name: 'event-loop delay p99 meanwhile', value: lag, unit: 'ms' });
    reportCatchUp(report, await catchUp(bench.engine.url));
  });
}

async function sendBatch({ engine, token }: BenchEngine, batch: number): Promise<void> {
  const raisedAt = Date.now();
  const lines = Array.from({ length: linesPerBatch }, (_, index) =>
    JSON.stringify({
      entity_id: `SITE-${index % 500}`,
      alarm_type: `TYPE-${index % 40}`,
      severity: 'minor',
      raised_at: new Date(raisedAt).toISOString(),
      source_system: 'bench',
      specific_problem: `unit ${index} of ${batch}`,
    }),
  );
  const response = await fetch(`${engine.url}/api/v1/alarms/ingest/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  const answer = batchSchema.parse(await response.json());
  if (answer.accepted !== linesPerBatch) throw new Error(`Of ${linesPerBatch} lines ${answer.accepted} were accepted.`);
}
