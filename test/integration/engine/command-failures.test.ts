import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pedkai, writeInput } from '#test/support/engine/processes.ts';
import { report } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

const patience = 180_000;
const oneLine = /^[^\n]+\n$/;
const line = (fields: object = {}) => ({ ...report(), ...fields });
const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((each) => each !== '')
    .map((each): unknown => JSON.parse(each));

describe('files that do not follow their format', () => {
  it.each([
    ['import', 'alarms', 'A.jsonl', 'not json\n', ':1: not JSON'],
    ['import', 'alarms', 'A.jsonl', [line(), line({ severity: 'fatal' })], ':2: severity'],
    ['import', 'alarms', 'A.jsonl', [line({ raised_at: '2026-03-01T00:00:00' })], ':1: raised_at'],
    ['import', 'alarms', 'A.csv', 'alarm_id,device_id,start_timestamp,end_timestamp\n1,x,0,0\n', ':2: device_id'],
    [
      'import',
      'topology',
      'T.json',
      '{"entities":[],\n"links":[{"from":"a","to":"b","kind":"near"}]}',
      ':2: links.0.kind',
    ],
    ['import', 'topology', 'T.json', '{"entities":', ':1: not JSON'],
    ['import', 'topology', 'T.npy', 'no matrix', ':1: not a .npy file'],
    ['convert', 'alarms', 'A.jsonl', '[]\n', ':1: '],
    ['convert', 'topology', 'T.json', '[]\n', ':1: '],
  ] as const)(
    '%s %s %s: exit 2, one line on stderr that names the line, nothing on stdout, nothing kept',
    async (command, what, name, content, expected) => {
      const folder = temporaryFolder();
      const file = writeInput(folder, name, content);
      const dataFolder = path.join(folder, 'data');
      const target = command === 'import' ? ['--data-dir', dataFolder, '--tenant', 'acme'] : [];
      const outcome = await pedkai([command, what, file, ...target]);
      expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(oneLine) });
      expect(outcome.stderr).toContain(`${file}${expected}`);
      expect(existsSync(path.join(dataFolder, 'pedkai.db'))).toBe(false);
    },
    patience,
  );

  it.each([
    [['import', 'alarms', '/nowhere/A.jsonl', '--tenant', 'acme', '--data-dir', 'DATA']],
    [['import', 'alarms', 'A.jsonl', '--data-dir', 'DATA']],
    [['import', 'alarms', 'A.jsonl', '--tenant', 'a b', '--data-dir', 'DATA']],
    [['import', 'nothing', 'A.jsonl', '--tenant', 'acme', '--data-dir', 'DATA']],
    [['convert', 'alarms', 'A.jsonl', '--zero', 'yesterday']],
    [['correlate', 'A.jsonl']],
    [['correlate', '--topology', '/nowhere/T.json', 'A.jsonl']],
    [['replay', 'A.jsonl', '--url', 'http://127.0.0.1:1', '--token', 't', '--speed', '-1']],
    [['token', 'create', '--tenant', 'acme', '--data-dir', 'DATA']],
    [['token', 'create', '--tenant', 'acme', '--scope', 'EVERYTHING', '--data-dir', 'DATA']],
    [['token', 'create', '--tenant', 'a/b', '--scope', 'ADMIN', '--data-dir', 'DATA']],
    [['token', 'create', '--tenant', 'acme', '--scope', 'ADMIN', '--expires', 'soon', '--data-dir', 'DATA']],
    [['token', 'create', '--tenant', 'acme', '--scope', 'ADMIN', '--expires', '0', '--data-dir', 'DATA']],
    [['nonsense']],
  ])(
    'wrong usage exits 2 with one line on stderr: %j',
    async (words) => {
      const folder = temporaryFolder();
      writeInput(folder, 'A.jsonl', [line()]);
      const placed = words.map((word) =>
        word === 'DATA' ? path.join(folder, 'data') : word === 'A.jsonl' ? path.join(folder, word) : word,
      );
      const outcome = await pedkai(placed);
      expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(oneLine) });
    },
    patience,
  );

  it.each([
    ['token', 'list'],
    ['export', 'alarms', '--tenant', 'acme'],
  ])(
    '%s %s say that there is no store',
    async (...words) => {
      const outcome = await pedkai([...words, '--data-dir', temporaryFolder()]);
      expect(outcome).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^There is no Pedkai store.*\n$/),
      });
    },
    patience,
  );

  it.each([
    ['token', 'list'],
    ['token', 'create', '--tenant', 'acme', '--scope', 'ADMIN'],
    ['export', 'alarms', '--tenant', 'acme'],
    ['import', 'alarms', 'A.jsonl', '--tenant', 'acme'],
  ])(
    '%s %s say in one line that the store is no database',
    async (...words) => {
      const dataFolder = temporaryFolder();
      writeFileSync(path.join(dataFolder, 'pedkai.db'), 'no database '.repeat(500));
      const file = writeInput(dataFolder, 'A.jsonl', [line()]);
      const outcome = await pedkai([
        ...words.map((word) => (word === 'A.jsonl' ? file : word)),
        '--data-dir',
        dataFolder,
      ]);
      expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) });
      expect(outcome.stderr).toContain('not a database');
    },
    patience,
  );
});

describe('tokens of a new folder', () => {
  it(
    'can be made by several commands at the same moment',
    async () => {
      const dataFolder = temporaryFolder();
      const make = () => pedkai(['token', 'create', '--tenant', 'acme', '--scope', 'ADMIN', '--data-dir', dataFolder]);
      const outcomes = await Promise.all([make(), make(), make(), make()]);
      expect(outcomes.map((outcome) => [outcome.code, outcome.stderr])).toEqual(Array(4).fill([0, '']));
      expect(new Set(outcomes.map((outcome) => outcome.stdout)).size).toBe(4);
      expect(jsonLines((await pedkai(['token', 'list', '--data-dir', dataFolder])).stdout)).toHaveLength(4);
    },
    patience,
  );
});
