import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createToken } from '#test/support/hosts/command-line.ts';
import { type EngineProcess, startEngineProcess } from '#test/support/hosts/engine-process.ts';
import { type LoadResult, loadResultSchema } from './load-result.ts';

/** An engine in a process of its own, on a data folder of its own, with a token. */
export interface BenchEngine {
  readonly engine: EngineProcess;
  readonly dataFolder: string;
  readonly token: string;
  readonly tenant: string;
}

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Runs `work` against a fresh engine and removes its folder afterwards. */
export async function withEngine<T>(work: (bench: BenchEngine) => Promise<T>): Promise<T> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'pedkai-bench-'));
  try {
    const tenant = 'bench';
    const token = await createToken(dataFolder, tenant, ['ALARM_WRITE', 'ALARM_READ', 'INCIDENT_READ']);
    const engine = await startEngineProcess(['--data-dir', dataFolder]);
    try {
      return await work({ engine, dataFolder, token, tenant });
    } finally {
      await engine.stop();
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** Runs `work` against a bare HTTP server in a process of its own; `work` is given its port. */
export async function withBareServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [fileOf('./bare-server.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = await once(createInterface({ input: server.stdout }), 'line');
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.kill();
  }
}

/** Keeps connections busy with single-alarm POSTs, from a process of its own. */
export async function runLoad(url: string, token: string, connections: number, seconds: number): Promise<LoadResult> {
  const { hostname, port } = new URL(url);
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileOf('./load-client.ts'),
    hostname,
    port,
    token,
    String(connections),
    String(seconds),
  ]);
  return loadResultSchema.parse(JSON.parse(stdout));
}

/** The engine's own measurement of its main thread, in milliseconds. */
export async function eventLoopLag(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(metrics)?.[1] ?? Number.NaN) * 1_000;
}

/** What the handlers had still to do, and how long that took them. */
export interface CatchUp {
  readonly entries: number;
  readonly seconds: number;
}

const pollMilliseconds = 20;

/** Waits until the handlers have worked in everything that was accepted. */
export async function catchUp(url: string): Promise<CatchUp> {
  const startedAt = performance.now();
  const entries = await lagOf(url);
  for (let lag = entries; lag > 0; lag = await lagOf(url)) await wait(pollMilliseconds);
  return { entries, seconds: (performance.now() - startedAt) / 1_000 };
}

async function lagOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^pedkai_journal_lag (\S+)/m.exec(metrics)?.[1] ?? Number.NaN);
}
