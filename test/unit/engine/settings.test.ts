import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings, SettingsError } from '#engine/settings/load-settings.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

type Environment = Readonly<Record<string, string>>;

function load(config?: unknown, environment: Environment = {}) {
  const folder = temporaryFolder();
  if (config !== undefined)
    writeFileSync(path.join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return loadSettings(folder, environment);
}

/** The message of the refusal; it must be one line, since it is shown as one. */
function refusal(config?: unknown, environment: Environment = {}): string {
  try {
    load(config, environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    expect(error.message).not.toContain('\n');
    return error.message;
  }
  throw new Error('The settings were accepted.');
}

describe('settings', () => {
  it('have the documented defaults without a file', () => {
    expect(load()).toMatchObject({
      http: { host: '127.0.0.1', port: 4620, names: [], queue_max: 10_000 },
      sse: { heartbeat_interval_seconds: 30, max_idle_seconds: 300, max_connections: 100 },
      correlation: { window_seconds: 300 },
      store: { synchronous: 'full' },
    });
  });

  it('take the file’s values and leave the rest alone', () => {
    const { http, sse } = load({ http: { port: 5000 }, sse: { max_connections: 3 } });
    expect(http).toMatchObject({ port: 5000, host: '127.0.0.1' });
    expect(sse).toMatchObject({ max_connections: 3, max_idle_seconds: 300 });
  });

  it('let the environment win over the file, nested keys by two underscores', () => {
    const environment = {
      PEDKAI_HTTP__PORT: '6000',
      PEDKAI_HTTP__NAMES: 'noc-1,noc-2',
      PEDKAI_STORE__SYNCHRONOUS: 'normal',
    };
    const { http, store } = load({ http: { port: 5000, queue_max: 7 } }, environment);
    expect(http).toMatchObject({ port: 6000, queue_max: 7, names: ['noc-1', 'noc-2'] });
    expect(store.synchronous).toBe('normal');
  });

  it('leave variables alone that are not settings', () => {
    expect(load(undefined, { PEDKAI_CHROMIUM: '/usr/bin/chromium', OTHER__PORT: '1' }).http.port).toBe(4620);
  });

  it('make the data folder, and answer its absolute path', () => {
    const folder = path.join(temporaryFolder(), 'deep', 'below');
    expect(loadSettings(path.relative(process.cwd(), folder), {}).dataFolder).toBe(folder);
    expect(existsSync(folder)).toBe(true);
  });

  it.each([
    ['an unknown section', { htpp: { port: 1 } }, /unknown key htpp/],
    ['an unknown key', { http: { prot: 1 } }, /unknown key http\.prot/],
    ['a port that is not one', { http: { port: 65_536 } }, /http\.port/],
    ['a port in words', { http: { port: 'many' } }, /http\.port/],
    ['a port that is true', { http: { port: true } }, /http\.port/],
    ['a port that is null', { http: { port: null } }, /http\.port/],
    ['a port that is empty', { http: { port: '' } }, /http\.port/],
    ['a queue of nothing', { http: { queue_max: 0 } }, /http\.queue_max/],
    ['half a connection', { sse: { max_connections: 1.5 } }, /sse\.max_connections/],
    ['a negative time', { sse: { max_idle_seconds: -1 } }, /sse\.max_idle_seconds/],
    ['a time that is a list', { sse: { max_idle_seconds: [5] } }, /sse\.max_idle_seconds/],
    ['an unknown durability', { store: { synchronous: 'off' } }, /store\.synchronous/],
    ['a section that is a word', { http: 'yes' }, /http/],
    ['a tenant that cannot be one', { console: { tenant: 'a b' } }, /console\.tenant/],
    ['a list', [], /one JSON object/],
    ['broken JSON', '{"http": ', /config\.json/],
    ['an empty file', '', /config\.json/],
  ])('refuse %s in one line that names it', (_what, config, expected) => {
    expect(refusal(config)).toMatch(expected);
  });

  it('refuse an unknown or bad variable in one line that names it', () => {
    expect(refusal(undefined, { PEDKAI_HTTP__PROT: '1' })).toMatch(/unknown key http\.prot/);
    expect(refusal(undefined, { PEDKAI_HTTP__PORT: 'many' })).toMatch(/http\.port/);
    expect(refusal(undefined, { PEDKAI_HTTP__PORT: '' })).toMatch(/http\.port/);
  });

  it('refuse a data folder that cannot be one, naming it', () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const folder = path.join(file, 'data');
    expect(() => loadSettings(folder, {})).toThrow(SettingsError);
    expect(() => loadSettings(folder, {})).toThrow(folder);
  });

  it('refuse a settings file that cannot be read', () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'config.json'));
    expect(() => loadSettings(folder, {})).toThrow(/config\.json cannot be read/);
  });
});
