import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFailureChoice } from '#shell/failure/failure-page.ts';
import { openLogFile } from '#shell/logging/log-file.ts';
import { openShellLog } from '#shell/logging/shell-log.ts';
import { prepareFolders } from '#shell/start/data-folder.ts';
import { findDeepLink, readDeepLink } from '#shell/start/deep-links.ts';
import { readStartArguments } from '#shell/start/start-arguments.ts';

describe('deep links', () => {
  it('mean a path of the console with query and fragment', () => {
    expect(readDeepLink('pedkai://open/incidents/7?tab=members#x')).toBe('/incidents/7?tab=members#x');
    expect(readDeepLink('pedkai://open')).toBe('/');
  });

  it.each([
    'pedkai://elsewhere/alarms',
    'https://open/alarms',
    'pedkai:alarms',
    'pedkai://open//evil.example/',
    'pedkai://open:1/',
  ])('refuse %s', (link) => expect(readDeepLink(link)).toBeNull());

  it('are found among other arguments', () => {
    expect(findDeepLink(['--flag', 'pedkai://nowhere/', 'pedkai://open/alarms'])).toBe('/alarms');
    expect(findDeepLink(['--flag'])).toBeNull();
  });
});

describe('readStartArguments', () => {
  it('reads its own among those of Chromium', () => {
    const read = readStartArguments(
      [
        '--inspect=0',
        '--remote-debugging-port=0',
        '.',
        '--data-dir',
        'here',
        '--port=0',
        '--host',
        '127.0.0.1',
        '--demo',
        'pedkai://open/alarms',
      ],
      '/work',
    );
    expect(read).toEqual({
      dataFolder: resolve('/work', 'here'),
      openPath: '/alarms',
      environment: { PEDKAI_HTTP__HOST: '127.0.0.1', PEDKAI_HTTP__PORT: '0' },
    });
  });

  it.each([[[]], [['--data-dir=']], [['--data-dir']]])('has no data folder for %j', (commandLine) => {
    expect(readStartArguments(commandLine, '/work')).toEqual({ dataFolder: null, openPath: null, environment: {} });
  });
});

describe('readFailureChoice', () => {
  it('knows the two buttons and nothing else', () => {
    expect(readFailureChoice('app://failure/retry')).toBe('retry');
    expect(readFailureChoice('app://failure/quit')).toBe('quit');
    for (const address of ['app://failure/', 'app://console/retry', 'https://failure/retry', 'app://failure/retry?x'])
      expect(readFailureChoice(address)).toBeNull();
  });
});

describe('folders and log', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pedkai-shell-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('makes the folders of the shell inside the data folder', () => {
    const data = join(folder, 'a', 'b');
    expect(prepareFolders(data)).toEqual({
      ok: true,
      folders: { data, logs: join(data, 'logs'), electron: join(data, 'electron') },
    });
    expect(readdirSync(data).sort()).toEqual(['electron', 'logs']);
  });

  it('says in one line which folder cannot be written', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const outcome = prepareFolders(join(file, 'data'));
    expect(outcome).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^The folder .*data cannot be written \(ENOTDIR\)\.$/),
    });
  });

  it('keeps every line, begins a new file when one is full and keeps so many', () => {
    const log = openLogFile({ folder, maxBytes: 20, keep: 2, onError: (error) => expect.fail(error.message) });
    for (const line of ['first-line-of-20-byte', 'second-line-of-20-byt', 'third-line-of-20-byte', 'last'])
      log.write(line);
    log.flush();
    expect(readdirSync(folder).sort()).toEqual(['pedkai.1.log', 'pedkai.2.log', 'pedkai.log']);
    expect(readFileSync(join(folder, 'pedkai.log'), 'utf8')).toBe('last\n');
    expect(readFileSync(join(folder, 'pedkai.1.log'), 'utf8')).toBe('third-line-of-20-byte\n');
    expect(readFileSync(join(folder, 'pedkai.2.log'), 'utf8')).toBe('second-line-of-20-byt\n');
  });

  it('goes on in the same file after a restart', () => {
    for (const line of ['one', 'two']) {
      const log = openLogFile({ folder, maxBytes: 1000, keep: 2, onError: (error) => expect.fail(error.message) });
      log.write(line);
      log.flush();
    }
    expect(readFileSync(join(folder, 'pedkai.log'), 'utf8')).toBe('one\ntwo\n');
  });

  it('logs to the terminal where there is no folder', () => {
    const written: string[] = [];
    openShellLog(null, { write: (text) => written.push(text) }).write('{"a":1}');
    expect(written).toEqual(['{"a":1}\n']);
  });
});
