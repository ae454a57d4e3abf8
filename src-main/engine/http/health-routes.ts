import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { lagMax } from '../core/core-loop.ts';
import { type CoreHost, lagOf } from '../core/inputs.ts';
import type { Intake } from '../core/intake.ts';
import { ledger } from '../ledger/ledger.schema.ts';
import { emptyCounts, ledgerColumns } from '../ledger/ledger-store.ts';
import type { Reader } from '../store/database.ts';

export interface HealthDeps {
  readonly registry: Registry;
  readonly host: Pick<CoreHost, 'state' | 'progress'>;
  readonly intake: Pick<Intake, 'depth' | 'hasRoom'>;
  readonly reader: Reader;
}

/** `/healthz` (the process lives), `/readyz` (alarms are taken), `/metrics` (Prometheus text). */
export function addHealthRoutes(app: FastifyInstance, { registry, host, intake, reader }: HealthDeps): void {
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'pedkai_queue_depth',
    help: 'Inputs that wait to be written.',
    registers: [registry],
    collect() {
      this.set(intake.depth());
    },
  });
  new Gauge({
    name: 'pedkai_journal_lag',
    help: 'Journal entries that are accepted and not worked in yet.',
    registers: [registry],
    collect() {
      this.set(lagOf(host.progress()));
    },
  });
  new Gauge({
    name: 'pedkai_journal_lag_max',
    help: 'So many may be; beyond it accepting waits.',
    registers: [registry],
    collect() {
      this.set(lagMax);
    },
  });
  new Gauge({
    name: 'pedkai_events',
    help: 'Events of all tenants since the store was made, by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      const total = emptyCounts();
      for (const counts of reader.read((unit) => unit.orm.select().from(ledger).all()))
        for (const outcome of ledgerColumns) total[outcome] += counts[outcome];
      for (const outcome of ledgerColumns) this.set({ outcome }, total[outcome]);
    },
  });
  for (const prefix of ['', '/api/v1']) {
    app.get(`${prefix}/healthz`, { config: { open: true } }, async () => ({ status: 'ok' }));
    app.get(`${prefix}/readyz`, { config: { open: true } }, async (_request, reply) => {
      const isReady = host.state() === 'running' && intake.hasRoom();
      return reply
        .code(isReady ? 200 : 503)
        .send({ status: isReady ? 'ready' : 'not ready', core: host.state(), queue_depth: intake.depth() });
    });
    app.get(`${prefix}/metrics`, { config: { open: true } }, async (_request, reply) =>
      reply.type(registry.contentType).send(await registry.metrics()),
    );
  }
}
