import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Command } from '#engine/core/inputs.ts';
import { openForWriting } from '#engine/store/database.ts';
import { applyMigrations, StoreError } from '#engine/store/migrate.ts';
import { replaceTopology } from '#engine/topology/topology-store.ts';
import {
  commandInput,
  migrationsFolder,
  openTestCore,
  rejectionsInput,
  reportInput,
} from '#test/support/engine/core.ts';
import { at } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

const journalSchema = z.looseObject({
  entries: z.array(z.looseObject({ idx: z.number(), tag: z.string(), when: z.number() })),
});
const journalOf = (folder: string) =>
  journalSchema.parse(JSON.parse(readFileSync(path.join(folder, 'meta', '_journal.json'), 'utf8')));

function openStore(folder = temporaryFolder()) {
  const client = openForWriting(path.join(folder, 'pedkai.db'), 'normal');
  onTestFinished(() => {
    client.close();
  });
  return client;
}

/** The real migrations and one more, with this SQL, newer or older than they are. */
function migrationsAnd(sql: string, newer = true): string {
  const folder = path.join(temporaryFolder(), 'migrations');
  cpSync(migrationsFolder, folder, { recursive: true });
  const journal = journalOf(folder);
  const last = journal.entries.at(-1);
  if (last === undefined) throw new Error('There are no migrations.');
  journal.entries.push({ ...last, idx: last.idx + 1, tag: '9999_more', when: last.when + (newer ? 1 : -1) });
  writeFileSync(path.join(folder, 'meta', '_journal.json'), JSON.stringify(journal));
  writeFileSync(path.join(folder, '9999_more.sql'), sql);
  return folder;
}

const tables = [
  'journal',
  'alarms',
  'alarm_history',
  'clusters',
  'cluster_members',
  'incidents',
  'ledger',
  'tokens',
  'network_entities',
  'kpi_samples',
];

describe('the migrations', () => {
  it('have times that rise, so that none is skipped', () => {
    const times = journalOf(migrationsFolder).entries.map((entry) => entry.when);
    expect(times.length).toBeGreaterThan(0);
    expect(times).toEqual([...new Set(times)].toSorted((left, right) => left - right));
  });

  it('make every table on an empty database, and leave foreign keys on', () => {
    const client = openStore();
    applyMigrations(client, migrationsFolder);
    const made = client.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck().all();
    expect(made).toEqual(expect.arrayContaining(tables));
    expect(client.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(client.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('change nothing when they are applied again on a populated database', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(reportInput({ entity_id: 'A' }), reportInput({ entity_id: 'B' }), rejectionsInput(2));
    core.settle();
    const content = () => tables.map((table) => core.rows(`SELECT * FROM ${table}`));
    const before = content();
    expect(before.flat()).not.toHaveLength(0);
    core.tamper((client) => {
      applyMigrations(client, migrationsFolder);
      applyMigrations(client, migrationsFolder);
    });
    expect(content()).toEqual(before);
  });

  it('keep the rows of a populated database when a later one is applied, and the core opens again', () => {
    const folder = temporaryFolder();
    const core = openTestCore(folder);
    core.apply(reportInput());
    const before = core.rows('SELECT * FROM alarms');
    core.close();
    const client = openStore(folder);
    applyMigrations(client, migrationsAnd('ALTER TABLE `alarms` ADD COLUMN `later` text;'));
    expect(client.prepare('SELECT * FROM alarms').all()).toEqual(
      before.map((row) => ({ ...Object(row), later: null })),
    );
  });

  it('do not cascade into the children of a table that is rebuilt', () => {
    const client = openStore();
    applyMigrations(client, migrationsFolder);
    replaceTopology(client, 'acme', { entities: [{ id: 'CELL-1', entity_type: 'CELL' }], links: [] }, 0);
    client.exec(
      `INSERT INTO kpi_samples (tenant_id, entity_id, metric_name, value, timestamp) VALUES ('acme', 'CELL-1', 'm', 1, 1)`,
    );
    const rebuild = [
      'CREATE TABLE `rebuilt` AS SELECT * FROM `network_entities`;',
      'DROP TABLE `network_entities`;',
      'CREATE TABLE `network_entities` (`id` text NOT NULL, `tenant_id` text NOT NULL, `entity_type` text NOT NULL, `name` text NOT NULL, `external_id` text, `geo_lat` real, `geo_lon` real, `revenue_weight` real, `sla_tier` text, `embedding_provider` text, `embedding_model` text, `last_seen_at` integer, `created_at` integer NOT NULL, PRIMARY KEY(`tenant_id`, `id`));',
      'INSERT INTO `network_entities` SELECT * FROM `rebuilt`;',
      'DROP TABLE `rebuilt`;',
    ].join('\n--> statement-breakpoint\n');
    applyMigrations(client, migrationsAnd(rebuild));
    expect(client.prepare('SELECT count(*) FROM kpi_samples').pluck().get()).toBe(1);
    expect(client.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  it('refuse to leave rows behind that refer to nothing', () => {
    const client = openStore();
    applyMigrations(client, migrationsFolder);
    const orphan = `INSERT INTO kpi_samples (tenant_id, entity_id, metric_name, value, timestamp) VALUES ('acme', 'GHOST', 'm', 1, 1);`;
    expect(() => applyMigrations(client, migrationsAnd(orphan))).toThrow(
      expect.objectContaining({ code: 'BROKEN_REFERENCES' }),
    );
    expect(client.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  it('refuse a set whose times do not rise', () => {
    const client = openStore();
    const disordered = migrationsAnd('CREATE TABLE `late` (`id` integer);', false);
    expect(() => applyMigrations(client, disordered)).toThrow(
      expect.objectContaining({ code: 'MIGRATIONS_OUT_OF_ORDER' }),
    );
  });

  it('refuse a database from a newer version, and leave it as it is', () => {
    const client = openStore();
    applyMigrations(client, migrationsAnd('CREATE TABLE `from_the_future` (`id` integer);'));
    const attempt = () => applyMigrations(client, migrationsFolder);
    expect(attempt).toThrow(StoreError);
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'FROM_THE_FUTURE', message: expect.stringContaining('newer version') }),
    );
    expect(client.prepare(`SELECT name FROM sqlite_master WHERE name = 'from_the_future'`).get()).toBeDefined();
  });
});

describe('references', () => {
  it('take the KPI samples of an entity away with it, and only those of its tenant', () => {
    const core = openTestCore(temporaryFolder());
    const topology = (...ids: string[]): Command => ({
      name: 'topology.replace',
      topology: { entities: ids.map((id) => ({ id, entity_type: 'CELL' })), links: [] },
    });
    core.apply(commandInput(topology('CELL-1', 'CELL-2'), 'acme'), commandInput(topology('CELL-1'), 'other'));
    core.tamper((client) => {
      const insert = client.prepare(
        'INSERT INTO kpi_samples (tenant_id, entity_id, metric_name, value, timestamp) VALUES (?, ?, ?, 1, ?)',
      );
      for (const [tenant, entity] of [
        ['acme', 'CELL-1'],
        ['acme', 'CELL-2'],
        ['other', 'CELL-1'],
      ])
        insert.run(tenant, entity, 'throughput', Date.parse(at(0)));
      expect(() => insert.run('acme', 'GHOST', 'throughput', 0)).toThrow(/FOREIGN KEY/);
      expect(() => insert.run('other', 'CELL-2', 'throughput', 0)).toThrow(/FOREIGN KEY/);
    });
    core.apply(commandInput(topology('CELL-2'), 'acme'));
    expect(core.rows('SELECT tenant_id, entity_id FROM kpi_samples ORDER BY tenant_id')).toEqual([
      { tenant_id: 'acme', entity_id: 'CELL-2' },
      { tenant_id: 'other', entity_id: 'CELL-1' },
    ]);
  });
});
