import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { consoleKeyOf, hashSecret, newSecret } from '#engine/access/secrets.ts';
import { insertToken, revokeToken } from '#engine/access/token-store.ts';
import { createEngine, type Engine } from '#engine/engine.ts';
import { loadSettings } from '#engine/settings/load-settings.ts';
import { openForWriting, unitsOfWorkOf } from '#engine/store/database.ts';
import { alarmSchema } from '#shared/api/alarms.ts';
import { problemSchema } from '#shared/api/errors.ts';
import { ledgerSchema } from '#shared/api/ledger.ts';
import type { AlarmReport } from '#shared/events/events.ts';
import { scopes as allScopes, type Scope } from '#shared/vocabulary/scopes.ts';
import { migrationsFolder, nextId } from './core.ts';
import { ask, type HttpAnswer } from './http-client.ts';
import { report } from './reports.ts';
import { temporaryFolder } from './temporary-folder.ts';

const kpiThread = new URL('../../../src-main/engine/kpi/kpi-thread-entry.ts', import.meta.url);
const coreThread = new URL('../../../src-main/engine/core/thread-entry.ts', import.meta.url);

export interface EngineOptions {
  readonly dataFolder?: string;
  /** As in the environment: `PEDKAI_SSE__MAX_CONNECTIONS`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** In a worker thread, as in production; otherwise on this thread, which starts faster. */
  readonly inThread?: boolean;
  readonly clock?: () => number;
}

/** An engine in this process, with its listener on a free port. */
export interface RunningEngine {
  readonly engine: Engine;
  readonly url: string;
  readonly dataFolder: string;
  readonly consoleKey: string;
  /** Log lines so far, parsed. */
  readonly log: readonly Record<string, unknown>[];
  /** A new token's secret. All scopes unless told. */
  token(tenantId: string, scopes?: readonly Scope[], expiresDays?: number): string;
  revoke(secret: string): void;
  ask(question: Parameters<typeof ask>[1] & { readonly token?: string; readonly json?: unknown }): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

const lineSchema = z.record(z.string(), z.unknown());

/** Starts an engine; it is stopped when the test is over, if it still runs. */
export async function startEngine(options: EngineOptions = {}): Promise<RunningEngine> {
  const dataFolder = options.dataFolder ?? temporaryFolder();
  const settings = loadSettings(dataFolder, {
    PEDKAI_HTTP__PORT: '0',
    PEDKAI_STORE__SYNCHRONOUS: 'normal',
    ...options.settings,
  });
  const log: Record<string, unknown>[] = [];
  const clock = options.clock ?? Date.now;
  const engine = createEngine(settings, {
    clock,
    logSink: (line) => log.push(lineSchema.parse(JSON.parse(line))),
    coreThread: options.inThread === true ? coreThread : null,
    kpiThread: options.inThread === true ? kpiThread : null,
    migrationsFolder,
    adrFolder: fileURLToPath(new URL('../../../docs/adr', import.meta.url)),
    consoleFolder: null,
  });
  const { url } = await engine.start();
  onTestFinished(() => engine.stop());
  const units = <T>(work: (use: ReturnType<typeof unitsOfWorkOf>) => T): T => {
    const client = openForWriting(path.join(dataFolder, 'pedkai.db'), 'normal');
    try {
      return work(unitsOfWorkOf(client));
    } finally {
      client.close();
    }
  };
  const tokenIds = new Map<string, string>();
  return {
    engine,
    url,
    dataFolder,
    consoleKey: consoleKeyOf(dataFolder),
    log,
    token(tenantId, scopes = allScopes, expiresDays) {
      const secret = newSecret();
      const tokenId = nextId();
      const input = {
        tenant_id: tenantId,
        scopes: [...scopes],
        name: `${tenantId}-nms`,
        ...(expiresDays === undefined ? {} : { expires_days: expiresDays }),
      };
      units((use) => use.write((unit) => insertToken(unit, input, tokenId, hashSecret(secret), clock())));
      tokenIds.set(secret, tokenId);
      return secret;
    },
    revoke(secret) {
      units((use) => use.write((unit) => revokeToken(unit, tokenIds.get(secret) ?? '', clock())));
    },
    ask: ({ token, json, ...question }) =>
      ask(url, {
        ...question,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...question.headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    stop: () => engine.stop(),
  };
}

/** Posts one alarm; answers the HTTP answer. */
export function postAlarm(
  engine: RunningEngine,
  token: string,
  fields: Partial<AlarmReport> = {},
): Promise<HttpAnswer> {
  return engine.ask({ method: 'POST', path: '/api/v1/alarms/ingest', token, json: report(fields) });
}

/** Posts lines as one batch. */
export function postBatch(engine: RunningEngine, token: string, lines: readonly string[]): Promise<HttpAnswer> {
  return engine.ask({
    method: 'POST',
    path: '/api/v1/alarms/ingest/batch',
    token,
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
}

const alarmPageSchema = z.object({ items: z.array(alarmSchema), next_cursor: z.string().nullable() });

/** The alarms of one page of `GET /alarms`; the answer must be a list. */
export async function alarmsOf(engine: RunningEngine, token: string, query = '') {
  const answer = await engine.ask({ path: `/api/v1/alarms${query}`, token });
  return alarmPageSchema.parse(answer.json()).items;
}

export async function ledgerOf(engine: RunningEngine, token: string) {
  return ledgerSchema.parse((await engine.ask({ path: '/api/v1/ledger', token })).json());
}

/** The problem document of a refusal; throws when the answer is not one. */
export function problemOf(answer: HttpAnswer) {
  if (!answer.headers['content-type']?.startsWith('application/problem+json'))
    throw new Error(`Not a problem document: ${answer.status} ${answer.headers['content-type']} ${answer.text}`);
  return problemSchema.parse(answer.json());
}
