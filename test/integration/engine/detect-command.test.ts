import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { pedkai } from '#test/support/engine/processes.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

vi.setConfig({ testTimeout: 120_000 });

const lineSchema = z.strictObject({
  timestamp: z.string(),
  value: z.number().nullable(),
  baseline: z.number().nullable(),
  score: z.number().min(0).max(1),
  z_score: z.number().nullable(),
  anomaly: z.boolean(),
  direction: z.enum(['low', 'high']).nullable(),
});

function file(name: string, text: string): string {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const whole = path.join(folder, name);
  writeFileSync(whole, text);
  return whole;
}

describe('pedkai detect', () => {
  it('prints one line for every row, gaps included', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => {
      const time = new Date(Date.UTC(2026, 0, 1) + index * 900_000).toISOString().slice(0, 19).replace('T', ' ');
      return `${time},${index === 300 ? '' : index === 450 ? 1 : 50 + (index % 7)}`;
    });
    const { code, stdout } = await pedkai(['detect', file('kpi.csv', `timestamp,value\n${rows.join('\n')}\n`)]);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)));
    expect(lines).toHaveLength(500);
    expect(lines[300]).toMatchObject({ value: null, anomaly: false });
    expect(lines[450]).toMatchObject({ value: 1, anomaly: true, direction: 'low' });
  });

  it('names file and line of a wrong row, prints nothing else, and exits with 2', async () => {
    const whole = file('bad.csv', 'timestamp,value\n2026-01-01,1\n2026-01-02,lots\n');
    const { code, stdout, stderr } = await pedkai(['detect', whole]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim()).toBe(`${whole}:3: value: "lots" is no finite number`);
  });
});

describe('pedkai import', () => {
  it('takes measurements and customers, and refuses files with a fault as a whole', async () => {
    const dataDir = temporaryFolder();
    const to = ['--data-dir', dataDir, '--tenant', 'acme'];
    const good = file(
      'kpi.csv',
      'entity_id,metric_name,timestamp,value\nC1,traffic,2026-01-01T00:00:00Z,5\nC1,traffic,2026-01-01T00:15:00Z,\n',
    );
    expect(await pedkai(['import', 'kpi', good, ...to])).toMatchObject({
      code: 0,
      stdout: '{"received":2,"accepted":1,"gaps":1}\n',
    });
    const bad = file('bad.csv', 'entity_id,metric_name,timestamp,value\nC1,traffic,2026-01-01 00:00:00,5\n');
    const refused = await pedkai(['import', 'kpi', bad, ...to]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`${bad}:2: timestamp`);
    const customers = file(
      'customers.json',
      '{"customers":[{"customer_id":"a","name":"A","entity_ids":[],"consent_proactive_comms":true}]}',
    );
    expect(await pedkai(['import', 'customers', customers, ...to])).toMatchObject({
      code: 0,
      stdout: '{"customers":1}\n',
    });
    const unsaid = file('unsaid.json', '{"customers":[\n{"customer_id":"a","name":"A","entity_ids":[]}]}');
    const without = await pedkai(['import', 'customers', unsaid, ...to]);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain(`${unsaid}:2: `);
  });
});
