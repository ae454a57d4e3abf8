import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { CoreHost, CoreInput, CoreResult } from '#engine/core/inputs.ts';
import { traceContextFrom } from '#engine/telemetry/trace-context.ts';
import { batchOutputSchema } from '#shared/api/alarms.ts';
import type { AlarmReport } from '#shared/events/events.ts';
import type { FileAlarm } from '#shared/files/alarms-file.ts';
import { parseCustomersFile } from '#shared/files/customers-file.ts';
import { tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { CommandError } from '../command-error.ts';
import { orCommandError, readAlarms, readBytes, readTopologyInput } from '../files/read-input.ts';
import { printLine } from '../output.ts';
import { withCore } from './local-store.ts';
import { askRunningEngine } from './running-engine.ts';

export interface ImportOptions {
  readonly dataDir: string;
  readonly tenant: string;
}

const reportsPerBatch = 1_000;
/** Lines sent to a running engine at once, well under its limit. */
const linesPerRequest = 10_000;

export function checkTenant(tenant: string): void {
  if (!tenantIdSchema.safeParse(tenant).success)
    throw new CommandError(2, `--tenant ${tenant}: must be letters, digits, dot, dash or underscore`);
}

/** Replaces a tenant's topology by a file's. */
export async function importTopology(file: string, { dataDir, tenant }: ImportOptions): Promise<void> {
  checkTenant(tenant);
  const topology = readTopologyInput(file);
  await withCore(
    dataDir,
    async (host) => {
      const { results } = await host.apply([
        {
          kind: 'command',
          entryId: uuidv7(),
          tenantId: tenant,
          operator: 'command line',
          command: { name: 'topology.replace', topology },
          trace: traceContextFrom(undefined, undefined),
        },
      ]);
      if (results[0]?.kind !== 'done') throw new CommandError(1, 'The topology was not taken.');
    },
    async (holder, settings) => {
      await askRunningEngine(holder, settings, tenant, {
        method: 'PUT',
        path: '/api/v1/topology',
        type: 'application/json',
        body: JSON.stringify(topology),
      });
    },
  );
  await printLine(JSON.stringify({ entities: topology.entities.length, links: topology.links.length }));
}

/** Adds customers from a file; those that are known already are replaced. */
export async function importCustomers(file: string, { dataDir, tenant }: ImportOptions): Promise<void> {
  checkTenant(tenant);
  const customers = orCommandError(() => parseCustomersFile(readBytes(file).toString('utf8'), file));
  await withCore(
    dataDir,
    async (host) => {
      const { results } = await host.apply([
        {
          kind: 'command',
          entryId: uuidv7(),
          tenantId: tenant,
          operator: 'command line',
          command: { name: 'customers.put', customers },
          trace: traceContextFrom(undefined, undefined),
        },
      ]);
      if (results[0]?.kind !== 'done') throw new CommandError(1, 'The customers were not taken.');
    },
    async (holder, settings) => {
      await askRunningEngine(holder, settings, tenant, {
        method: 'PUT',
        path: '/api/v1/customers',
        type: 'application/json',
        body: JSON.stringify(customers),
      });
    },
  );
  await printLine(JSON.stringify({ customers: customers.customers.length }));
}

/** Takes recorded alarms in, each once, however often the file is imported. */
export async function importAlarms(file: string, options: ImportOptions & { readonly zero: number }): Promise<void> {
  checkTenant(options.tenant);
  const reports = readAlarms(file, options.zero).map(reportOf);
  const counts = await withCore(
    options.dataDir,
    (host) => takeIn(host, options.tenant, reports),
    async (holder, settings) => {
      const counts = { accepted: 0, duplicate: 0 };
      for (let start = 0; start < reports.length; start += linesPerRequest) {
        const lines = reports.slice(start, start + linesPerRequest).map((report) => JSON.stringify(report));
        const answer = batchOutputSchema.parse(
          await askRunningEngine(holder, settings, options.tenant, {
            method: 'POST',
            path: '/api/v1/alarms/ingest/batch',
            type: 'application/x-ndjson',
            body: lines.join('\n'),
          }),
        );
        const [refused] = answer.rejected;
        if (refused !== undefined)
          throw new CommandError(1, `The running engine refused alarm ${start + refused.line}: ${refused.message}`);
        counts.accepted += answer.accepted;
        counts.duplicate += answer.duplicate;
      }
      return counts;
    },
  );
  await printLine(JSON.stringify({ received: reports.length, ...counts }));
}

async function takeIn(host: CoreHost, tenantId: string, reports: readonly AlarmReport[]) {
  const counts = { accepted: 0, duplicate: 0 };
  const apply = async (inputs: readonly CoreInput[]) => {
    const { results } = await host.apply(inputs);
    for (const result of results) count(result, counts);
  };
  for (let start = 0; start < reports.length; start += reportsPerBatch) {
    const trace = traceContextFrom(undefined, undefined);
    await apply(
      reports
        .slice(start, start + reportsPerBatch)
        .map((report) => ({ kind: 'report', entryId: uuidv7(), tenantId, report, trace })),
    );
  }
  await host.settle();
  return counts;
}

function count(result: CoreResult, counts: { accepted: number; duplicate: number }): void {
  if (result.kind === 'accepted') counts.accepted += 1;
  else if (result.kind === 'duplicate') counts.duplicate += 1;
}

/** A recorded alarm as a report. Its event id comes from its content and line, so that importing again changes nothing. */
function reportOf(alarm: FileAlarm): AlarmReport {
  const content = JSON.stringify([
    alarm.alarm_id,
    alarm.entity_id,
    alarm.alarm_type,
    alarm.specific_problem,
    alarm.severity,
    alarm.raised_at,
    alarm.cleared_at,
  ]);
  return {
    event_id: `file-${createHash('sha256').update(content).digest('base64url')}`,
    entity_id: alarm.entity_id,
    alarm_type: alarm.alarm_type,
    severity: alarm.severity,
    raised_at: alarm.raised_at,
    source_system: alarm.source_system === '' ? 'recording' : alarm.source_system,
    specific_problem: alarm.specific_problem,
    text: alarm.text,
    ...(alarm.cleared_at === null ? {} : { cleared_at: alarm.cleared_at }),
  };
}
