import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ledgerSchema } from '#shared/api/ledger.ts';
import { parseAlarmsFile } from '#shared/files/alarms-file.ts';
import { clusterLineSchema } from '#shared/files/cluster-line.ts';
import { parseTopologyFile } from '#shared/files/topology-file.ts';
import { ask } from '#test/support/engine/http-client.ts';
import { pedkai, serve, writeInput } from '#test/support/engine/processes.ts';
import { at, report } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';
import { createToken } from '#test/support/hosts/command-line.ts';

const patience = 180_000;
const recording = fileURLToPath(new URL('../../../../shared/data/huawei-24v-microwave', import.meta.url));
const hasRecording = existsSync(path.join(recording, 'Alarm.csv'));

const oneLine = /^[^\n]+\n$/;
const line = (fields: object = {}) => ({ ...report(), ...fields });
const topology = JSON.stringify({
  entities: [
    { id: 'P1', entity_type: 'POWER', name: 'P1' },
    { id: 'R1', entity_type: 'ROUTER', name: 'R1' },
  ],
  links: [{ from: 'R1', to: 'P1', kind: 'depends_on' }],
});
const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((each) => each !== '')
    .map((each): unknown => JSON.parse(each));

/** The ledger as it stands in a store that nobody has open. */
function ledgerIn(dataFolder: string) {
  const client = new Database(path.join(dataFolder, 'pedkai.db'), { readonly: true });
  try {
    return client
      .prepare(`SELECT new, repeated, cleared, duplicate, suppressed, rejected FROM ledger WHERE tenant_id = 'acme'`)
      .get();
  } finally {
    client.close();
  }
}

const alarms = [
  line({ entity_id: 'P1', alarm_type: 'POWER_FAIL', severity: 'critical' }),
  line({ entity_id: 'R1', raised_at: at(2) }),
  line({ entity_id: 'R1', raised_at: at(5), severity: 'cleared' }),
  line({ entity_id: 'GHOST', raised_at: at(9_000), cleared_at: at(9_060), text: 'alone' }),
];

describe('import and export', () => {
  it(
    'take a file in once, however often it is imported, and give it back',
    async () => {
      const folder = temporaryFolder();
      const dataFolder = path.join(folder, 'data');
      const file = writeInput(folder, 'ALARMS.jsonl', alarms);
      const target = ['--data-dir', dataFolder, '--tenant', 'acme'];
      const network = await pedkai(['import', 'topology', writeInput(folder, 'T.json', topology), ...target]);
      expect(network).toEqual({ code: 0, stdout: '{"entities":2,"links":1}\n', stderr: '' });
      const first = await pedkai(['import', 'alarms', file, ...target]);
      expect(first).toEqual({ code: 0, stdout: '{"received":4,"accepted":4,"duplicate":0}\n', stderr: '' });
      const second = await pedkai(['import', 'alarms', file, ...target]);
      expect(second.stdout).toBe('{"received":4,"accepted":0,"duplicate":4}\n');
      expect(ledgerIn(dataFolder)).toEqual({
        new: 3,
        repeated: 0,
        cleared: 1,
        duplicate: 4,
        suppressed: 0,
        rejected: 0,
      });
      const exported = await pedkai(['export', 'alarms', ...target]);
      expect(exported).toMatchObject({ code: 0, stderr: '' });
      const given = parseAlarmsFile(exported.stdout, 'export');
      expect(given.map((alarm) => [alarm.entity_id, alarm.raised_at, alarm.cleared_at, alarm.text]).toSorted()).toEqual(
        [
          ['GHOST', at(9_000), at(9_060), 'alone'],
          ['P1', at(0), null, ''],
          ['R1', at(2), at(5), ''],
        ],
      );
      expect((await pedkai(['export', 'alarms', '--data-dir', dataFolder, '--tenant', 'nobody'])).stdout).toBe('');
    },
    patience,
  );

  it(
    'go through the engine that runs on the folder',
    async () => {
      const folder = temporaryFolder();
      const dataFolder = path.join(folder, 'data');
      const token = await createToken(dataFolder, 'acme', ['ALARM_READ', 'TOPOLOGY_READ']);
      const engine = await serve(dataFolder);
      const target = ['--data-dir', dataFolder, '--tenant', 'acme'];
      const imported = await pedkai(['import', 'alarms', writeInput(folder, 'ALARMS.jsonl', alarms), ...target]);
      expect(imported).toEqual({ code: 0, stdout: '{"received":4,"accepted":4,"duplicate":0}\n', stderr: '' });
      await pedkai(['import', 'topology', writeInput(folder, 'T.json', topology), ...target]);
      const headers = { authorization: `Bearer ${token}` };
      expect(ledgerSchema.parse((await ask(engine.url, { path: '/api/v1/ledger', headers })).json())).toMatchObject({
        received: 4,
      });
      expect((await ask(engine.url, { path: '/api/v1/topology', headers })).text).toContain('"P1"');
      expect(await engine.stop()).toBe(0);
    },
    patience,
  );

  it('take in 64,598 real alarms, each accounted for, and know them all the second time', async ({ skip }) => {
    skip(!hasRecording, `${recording} is not on this machine`);
    const dataFolder = temporaryFolder();
    const target = ['--data-dir', dataFolder, '--tenant', 'acme'];
    const network = await pedkai(['import', 'topology', path.join(recording, 'Topology.npy'), ...target]);
    expect(network).toMatchObject({ code: 0, stderr: '' });
    const first = await pedkai(['import', 'alarms', path.join(recording, 'Alarm.csv'), ...target]);
    expect(first).toEqual({ code: 0, stdout: '{"received":64598,"accepted":64598,"duplicate":0}\n', stderr: '' });
    const counts = z.record(z.string(), z.number()).parse(ledgerIn(dataFolder));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(64_598);
    expect(counts).toMatchObject({ duplicate: 0, rejected: 0, suppressed: 0 });
    const second = await pedkai(['import', 'alarms', path.join(recording, 'Alarm.csv'), ...target]);
    expect(second.stdout).toBe('{"received":64598,"accepted":0,"duplicate":64598}\n');
    expect(ledgerIn(dataFolder)).toEqual({ ...counts, duplicate: 64_598 });
    expect((await pedkai(['doctor', '--data-dir', dataFolder])).stdout).toMatch(/ok {2} {2}ledger: 64598 .*64598/);
  }, 600_000);
});

describe('convert', () => {
  it(
    'prints recordings in the standard formats',
    async () => {
      const folder = temporaryFolder();
      const csv = writeInput(folder, 'A.csv', 'alarm_id,device_id,start_timestamp,end_timestamp\n1,5,0,60\n');
      const converted = await pedkai(['convert', 'alarms', csv, '--zero', '2026-03-01T00:00:00Z']);
      expect(converted).toMatchObject({ code: 0, stderr: '' });
      expect(parseAlarmsFile(converted.stdout, 'converted')).toMatchObject([
        { entity_id: 'device-5', raised_at: at(0), cleared_at: at(60) },
      ]);
      const network = await pedkai(['convert', 'topology', writeInput(folder, 'T.json', topology)]);
      expect(parseTopologyFile(network.stdout, 'converted')).toEqual(JSON.parse(topology));
    },
    patience,
  );
});

describe('correlate', () => {
  it(
    'prints clusters in which every alarm stands once, the same every time',
    async () => {
      const folder = temporaryFolder();
      const words = [
        'correlate',
        '--topology',
        writeInput(folder, 'T.json', topology),
        '--explain',
        writeInput(
          folder,
          'A.jsonl',
          alarms.filter((alarm) => alarm.severity !== 'cleared'),
        ),
      ];
      const first = await pedkai(words);
      expect(first).toMatchObject({ code: 0, stderr: '' });
      const clusters = jsonLines(first.stdout).map((each) => clusterLineSchema.parse(each));
      expect(clusters.flatMap((cluster) => cluster.alarm_ids).toSorted()).toEqual(['1', '2', '3']);
      for (const cluster of clusters)
        expect(cluster.explanation?.map((each) => each.alarm_id).toSorted()).toEqual(cluster.alarm_ids.toSorted());
      expect((await pedkai(words)).stdout).toBe(first.stdout);
    },
    patience,
  );
});

describe('replay', () => {
  it(
    'sends each raise and each clear to a running engine, and accounts for them',
    async () => {
      const folder = temporaryFolder();
      const dataFolder = path.join(folder, 'data');
      const token = await createToken(dataFolder, 'acme', ['ALARM_READ', 'ALARM_WRITE']);
      const engine = await serve(dataFolder);
      const file = writeInput(folder, 'A.jsonl', alarms);
      const words = ['replay', file, '--url', engine.url, '--token', token, '--speed', '1000000'];
      const outcome = await pedkai(words);
      expect(outcome).toEqual({ code: 0, stdout: '{"sent":5,"accepted":5,"duplicate":0,"rejected":0}\n', stderr: '' });
      const headers = { authorization: `Bearer ${token}` };
      const counts = ledgerSchema.parse((await ask(engine.url, { path: '/api/v1/ledger', headers })).json());
      expect(counts).toMatchObject({ received: 5, new: 3, cleared: 2 });
      const refused = await pedkai(['replay', file, '--url', engine.url, '--token', 'forged']);
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/refused: 401.*\n$/) });
      expect(await engine.stop()).toBe(0);
      const nobody = await pedkai(words);
      expect(nobody).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/does not answer.*\n$/) });
    },
    patience,
  );

  it(
    'says in one line that something else answers',
    async () => {
      const stranger = createServer((_request, response) => response.end('<html>'));
      await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
      const address = stranger.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const file = writeInput(temporaryFolder(), 'A.jsonl', alarms);
      const outcome = await pedkai(['replay', file, '--url', `http://127.0.0.1:${port}`, '--token', 't']);
      stranger.close();
      expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) });
    },
    patience,
  );
});

describe('doctor', () => {
  it(
    'finds a good store good, and a ledger that does not add up bad',
    async () => {
      const dataFolder = temporaryFolder();
      const target = ['--data-dir', dataFolder, '--tenant', 'acme'];
      expect(await pedkai(['doctor', '--data-dir', dataFolder])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('none yet'),
      });
      await pedkai(['import', 'alarms', writeInput(dataFolder, 'A.jsonl', alarms), ...target]);
      const good = await pedkai(['doctor', '--data-dir', dataFolder]);
      expect(good).toMatchObject({ code: 0, stderr: '' });
      expect(good.stdout).not.toContain('FAIL');
      const client = new Database(path.join(dataFolder, 'pedkai.db'));
      client.exec('UPDATE ledger SET new = new - 1');
      client.close();
      const bad = await pedkai(['doctor', '--data-dir', dataFolder]);
      expect(bad).toMatchObject({ code: 1, stderr: expect.stringMatching(oneLine) });
      expect(bad.stdout).toMatch(/FAIL {2}ledger: 4 .*3/);
    },
    patience,
  );

  it(
    'names the engine that runs',
    async () => {
      const dataFolder = temporaryFolder();
      const engine = await serve(dataFolder);
      const outcome = await pedkai(['doctor', '--data-dir', dataFolder]);
      expect(outcome.stdout).toContain(`in use by process ${engine.process.pid} at ${engine.url}`);
      expect(await engine.stop()).toBe(0);
    },
    patience,
  );
});
