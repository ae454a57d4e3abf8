import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { findBrowser } from '#build/checks/find-browser.mjs';
import { type BenchEngine, eventLoopLag, withEngine } from '#test/bench/ingest/bench-engine.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** How often something is sent. */
const tickMilliseconds = 50;
const seconds = 15;
const percentile = 0.99;

/** The console's own count of standing alarms, each time it changes on the screen. */
interface Sighting {
  readonly at: number;
  readonly count: number;
}

export const name = 'from the POST to the screen, in Chromium';

export async function run(report: BenchReport): Promise<void> {
  const browser = findBrowser(root);
  if (!browser.ok) return report.skip(browser.reason);
  for (const { rate, atMost } of [
    { rate: 100, atMost: 250 },
    { rate: 2_000, atMost: 1_000 },
  ]) {
    await withEngine(async (bench) => {
      const chrome = await chromium.launch({
        executablePath: browser.path,
        args: ['--no-sandbox', '--disable-background-networking'],
      });
      try {
        const page = await chrome.newPage({ viewport: { width: 1680, height: 960 } });
        await page.goto(bench.engine.consoleUrl);
        await page.getByRole('link', { name: 'Alarms' }).waitFor();
        const latencies = await measure(bench, page, rate);
        report.figure({
          name: `p99 at ${rate} alarms/s`,
          value: at(latencies, percentile),
          unit: 'ms',
          at_most: atMost,
        });
        report.figure({ name: `p50 at ${rate} alarms/s`, value: at(latencies, 0.5), unit: 'ms' });
        report.figure({
          name: `event-loop delay p99 at ${rate} alarms/s`,
          value: await eventLoopLag(bench.engine.url),
          unit: 'ms',
          at_most: 30,
        });
      } finally {
        await chrome.close();
      }
    });
  }
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds from each alarm's POST until the console's count includes it, sorted. */
async function measure(bench: BenchEngine, page: Page, rate: number): Promise<number[]> {
  await watchCount(page);
  const sentAt: number[] = [];
  const perTick = (rate * tickMilliseconds) / 1_000;
  const startedAt = Date.now();
  const answers: Promise<void>[] = [];
  for (let tick = 0; tick < (seconds * 1_000) / tickMilliseconds; tick++) {
    const due = startedAt + tick * tickMilliseconds;
    if (due > Date.now()) await wait(due - Date.now());
    const lines = Array.from({ length: perTick }, (_, index) => alarm(sentAt.length + index));
    sentAt.push(...lines.map(() => Date.now()));
    answers.push(send(bench, lines));
  }
  await Promise.all(answers);
  await page.waitForFunction((count) => Number(document.body.dataset.seen ?? 0) >= count, sentAt.length, {
    timeout: 60_000,
  });
  const sightings = await page.evaluate((): Sighting[] => JSON.parse(document.body.dataset.sightings ?? '[]'));
  return sentAt
    .map((sent, index) => (sightings.find(({ count }) => count > index)?.at ?? Number.POSITIVE_INFINITY) - sent)
    .sort((left, right) => left - right);
}

/** Notes on the page when the number beside "Alarms" changes, with the wall clock that the sender uses too. */
async function watchCount(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sightings: { at: number; count: number }[] = [];
    const look = () => {
      const text = document.querySelector('a[href="/alarms"]')?.textContent ?? '';
      const count = Number(text.replace(/\D/g, ''));
      if (count > (sightings.at(-1)?.count ?? 0)) {
        sightings.push({ at: Date.now(), count });
        document.body.dataset.seen = String(count);
        document.body.dataset.sightings = JSON.stringify(sightings);
      }
      requestAnimationFrame(look);
    };
    look();
  });
}

function alarm(index: number): string {
  return JSON.stringify({
    entity_id: `SITE-${index % 300}`,
    alarm_type: `TYPE-${index % 20}`,
    severity: 'minor',
    raised_at: new Date().toISOString(),
    source_system: 'bench',
    specific_problem: `unit ${index}`,
  });
}

async function send({ engine, token }: BenchEngine, lines: readonly string[]): Promise<void> {
  const response = await fetch(`${engine.url}/api/v1/alarms/ingest/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  await response.arrayBuffer();
  if (response.status !== 202) throw new Error(`A batch was answered ${response.status}.`);
}
