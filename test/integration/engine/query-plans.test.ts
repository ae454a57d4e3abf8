import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { alarmsChangedAfter, getAlarm, listAlarms, liveAlarmCount } from '#engine/alarms/alarm-queries.ts';
import { createAlarmStore } from '#engine/alarms/alarm-store.ts';
import { listClusters } from '#engine/correlation/cluster-queries.ts';
import { listIncidents } from '#engine/incidents/incident-queries.ts';
import { createJournalStore } from '#engine/journal/journal-store.ts';
import { type ReadUnit, readerOf, type SqliteClient } from '#engine/store/database.ts';
import { applyMigrations } from '#engine/store/migrate.ts';
import { changesAfter } from '#engine/streams/changes-after.ts';
import { alarmListInputSchema } from '#shared/api/alarms.ts';
import { migrationsFolder } from '#test/support/engine/core.ts';

const planSchema = z.array(z.object({ detail: z.string() }));

/** How SQLite would carry out every SELECT that `work` runs, as the query planner words it. */
function plansOf(work: (client: SqliteClient, unit: ReadUnit) => void): string[] {
  const statements: string[] = [];
  const client = new Database(':memory:', { verbose: (sql) => statements.push(String(sql)) });
  onTestFinished(() => {
    client.close();
  });
  applyMigrations(client, migrationsFolder);
  statements.length = 0;
  readerOf(client).read((unit) => work(client, unit));
  const selects = statements.filter((sql) => /^select/i.test(sql.trim()));
  expect(selects).not.toHaveLength(0);
  return selects.flatMap((sql) =>
    planSchema.parse(client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()).map((row) => row.detail),
  );
}

const list = (query: Record<string, unknown>) => alarmListInputSchema.parse(query);

const hot: readonly { what: string; index: RegExp; work: (client: SqliteClient, unit: ReadUnit) => void }[] = [
  {
    what: 'the first page of standing alarms',
    index: /alarms_sequence/,
    work: (_client, unit) => listAlarms(unit, 'acme', list({ state: 'active' })),
  },
  {
    what: 'a later page of standing alarms',
    index: /alarms_sequence/,
    work: (_client, unit) => listAlarms(unit, 'acme', list({ state: 'active', cursor: '500' })),
  },
  {
    what: 'a page of all alarms',
    index: /alarms_sequence/,
    work: (_client, unit) => listAlarms(unit, 'acme', list({})),
  },
  { what: 'the count of live alarms', index: /alarms_sequence/, work: (_client, unit) => liveAlarmCount(unit, 'acme') },
  {
    what: 'alarms changed after a sequence',
    index: /alarms_sequence/,
    work: (_client, unit) => alarmsChangedAfter(unit, 'acme', 7, 500),
  },
  {
    what: 'everything changed after a sequence',
    index: /(alarms|clusters|incidents)_sequence/,
    work: (_client, unit) => changesAfter(unit, 'acme', 7, 500),
  },
  {
    what: 'the alarm of an identity',
    index: /alarms_identity/,
    work: (client) =>
      createAlarmStore(client).byIdentity({ tenantId: 'acme', entityId: 'e', alarmType: 't', specificProblem: 'p' }),
  },
  {
    what: 'the alarms of a cluster',
    index: /alarms_cluster/,
    work: (client) => createAlarmStore(client).inCluster('c-1'),
  },
  {
    what: 'an alarm by its id',
    index: /sqlite_autoindex_alarms/,
    work: (_client, unit) => getAlarm(unit, 'acme', 'a-1'),
  },
  {
    what: 'an event by its id',
    index: /journal_tenant_event/,
    work: (client) => createJournalStore(client).entryIdOf('acme', 'e-1'),
  },
  {
    what: 'active clusters',
    index: /clusters_(state|sequence)/,
    work: (_client, unit) => listClusters(unit, 'acme', { state: 'active', limit: 100 }),
  },
  {
    what: 'incidents',
    index: /incidents_sequence/,
    work: (_client, unit) => listIncidents(unit, 'acme', { state: 'all', limit: 100 }),
  },
];

describe('the plan of', () => {
  it.each(hot)('$what uses its index, and neither scans nor sorts', ({ index, work }) => {
    const plans = plansOf(work);
    expect(plans.join('\n')).toMatch(index);
    for (const plan of plans)
      expect(plan).toMatch(/^SEARCH .* USING (COVERING )?INDEX|^SEARCH .* USING INTEGER PRIMARY KEY/);
  });

  it.each([
    ['network_entities_type', 'SELECT * FROM network_entities WHERE tenant_id = ? AND entity_type = ?'],
    ['network_entities_external', 'SELECT * FROM network_entities WHERE external_id = ? AND tenant_id = ?'],
    [
      'kpi_samples_series',
      'SELECT * FROM kpi_samples WHERE tenant_id = ? AND entity_id = ? AND metric_name = ? AND timestamp > ? ORDER BY timestamp',
    ],
  ])('a lookup by the index %s uses it', (index, sql) => {
    const client = new Database(':memory:');
    onTestFinished(() => {
      client.close();
    });
    applyMigrations(client, migrationsFolder);
    const values = Array.from(sql.matchAll(/\?/g), () => null);
    const plans = planSchema.parse(client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values));
    expect(plans.map((row) => row.detail)).toEqual([expect.stringContaining(`USING INDEX ${index}`)]);
  });
});
