import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderFailurePage } from '#shell/failure/failure-page.ts';
import { createAppProtocol } from '#shell/protocol/app-protocol.ts';
import { resolveFile } from '#shell/protocol/resolve-file.ts';

describe('the protocol app://', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pedkai-protocol-'));
  const consoleFolder = join(folder, 'renderer');
  const handle = createAppProtocol({
    consoleFolder,
    readFile: async (file) => new Uint8Array(await readFile(file)),
    failurePage: () => renderFailurePage({ reason: 'Port <4620> is in use.', dataFolder: '/d', logFolder: null }),
    failureStyle: 'body {}',
  });
  const get = (address: string, method = 'GET'): Promise<Response> => handle(new Request(address, { method }));

  beforeAll(() => {
    mkdirSync(join(consoleFolder, 'assets.d'), { recursive: true });
    writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><title>console</title>');
    writeFileSync(join(consoleFolder, 'main.js'), 'export {};');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('serves files with their type', async () => {
    const response = await get('app://console/main.js');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('export {};');
  });

  it.each(['app://console/', 'app://console/incidents/0199-af?tab=members'])(
    'serves the console for the view %s',
    async (address) => {
      const response = await get(address);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain('<title>console</title>');
    },
  );

  it('lets the console load nothing but its own files', async () => {
    const policy = (await get('app://console/')).headers.get('content-security-policy') ?? '';
    const directives = new Map(
      policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
    );
    expect(directives.get('default-src')).toEqual(["'self'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('connect-src')).toEqual(["'self'"]);
    expect(directives.get('object-src')).toEqual(["'none'"]);
    expect(directives.get('frame-src')).toEqual(["'none'"]);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it('answers 404 for a file that is not there and for a folder', async () => {
    expect((await get('app://console/missing.js')).status).toBe(404);
    expect((await get('app://console/assets.d')).status).toBe(404);
  });

  it.each([
    'app://console/..%2fsecret.txt',
    'app://console/%2e%2e%2fsecret.txt',
    'app://console/assets.d/..%2f..%2fsecret.txt',
    'app://console/..%5csecret.txt',
    'app://console/%00main.js',
    'app://console/%E0%A4%A.js',
  ])('never leaves its folder: %s', async (address) => {
    const response = await get(address);
    expect(response.status).toBe(403);
    expect(await response.text()).toBe('This path leads outside the console.');
  });

  it('has no other hosts and no other methods', async () => {
    expect((await get('app://elsewhere/main.js')).status).toBe(404);
    expect((await get('app://console/main.js', 'POST')).status).toBe(405);
  });

  it('shows why the engine could not start, without a script and with the reason as text', async () => {
    const response = await get('app://failure/');
    const page = await response.text();
    expect(page).toContain('Port &lt;4620&gt; is in use.');
    expect(page).not.toMatch(/<script|style=/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/);
    expect((await get('app://failure/style.css')).headers.get('content-type')).toContain('text/css');
    expect((await get('app://failure/main.js')).status).toBe(404);
  });
});

describe('resolveFile', () => {
  it('does not mistake a folder beside for a folder inside', () => {
    expect(resolveFile('/srv/renderer', '/../renderer-secret/x.js')).toEqual({ kind: 'refused' });
  });

  it('serves names that merely begin with dots', () => {
    expect(resolveFile('/srv/renderer', '/..x.js')).toEqual({ kind: 'file', file: join('/srv/renderer', '..x.js') });
  });
});
