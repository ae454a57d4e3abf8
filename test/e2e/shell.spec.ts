import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '#test/support/electron-host/shell-test.ts';
import { startEngineProcess } from '#test/support/hosts/engine-process.ts';

/** Asks for a port as the console does, and tells what came; runs in the page. */
const connectInPage = async (requestId: string) => {
  const arrived = new Promise<boolean>((resolve) => {
    window.addEventListener('message', (event) => {
      if (event.source === window && event.data?.request_id === requestId) resolve(event.ports.length === 1);
    });
  });
  const answer: { ok: boolean; code?: string } = await Reflect.get(window, 'pedkai').connect(requestId);
  return { answer, portCame: answer.ok ? await arrived : false };
};

/** A listener on this machine that counts what reaches it. */
async function startForeignServer() {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(String(request.url));
    response.setHeader('access-control-allow-origin', '*').end('<title>foreign</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listener has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    reached,
    stop: () => {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      // A browser may have opened a connection in advance without asking for anything.
      server.closeAllConnections();
      return closed;
    },
  };
}

const address = (page: Page): Promise<string> => page.evaluate(() => window.location.href);

test.describe('the window', () => {
  test('is sandboxed, apart from the preload and without Node', async ({ startDesktop }) => {
    const page = await (await startDesktop()).nextPage();
    const found = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      electron: ['electron', 'ipcRenderer', 'contextBridge'].filter((name) => name in window),
      bridge: Object.keys(Reflect.get(window, 'pedkai')).sort(),
    }));
    expect(found).toEqual({ node: [], electron: [], bridge: ['connect', 'onOpenPath', 'platform'] });
    const changed = await page.evaluate(() => {
      const before: unknown = Reflect.get(window, 'pedkai');
      Reflect.set(window, 'pedkai', null);
      Reflect.set(Reflect.get(window, 'pedkai') ?? {}, 'connect', null);
      return Reflect.get(window, 'pedkai') !== before || Reflect.get(window, 'pedkai').connect === null;
    });
    expect(changed).toBe(false);
  });

  test('is made with the safe preferences and nothing that weakens them', async ({ startStandInDesktop, host }) => {
    test.skip(host !== 'stand-in', 'only the stand-in tells with which options a window was made');
    const desktop = await startStandInDesktop();
    await desktop.nextPage();
    const preferences = (await desktop.windowOptions()).map((options) => options.webPreferences);
    expect(preferences).toEqual([
      {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        preload: expect.stringMatching(/preload\.cjs$/),
      },
    ]);
  });

  test('has a content security policy that holds', async ({ startDesktop }) => {
    const foreign = await startForeignServer();
    const page = await (await startDesktop()).nextPage();
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|unsafe-eval|\*/);
    const broken = await page.evaluate(async (url) => {
      const violated = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
      });
      const refused = await fetch(url).then(
        () => false,
        () => true,
      );
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      return { refused, violated: await violated, injected: 'injected' in window };
    }, foreign.url);
    expect(broken).toEqual({ refused: true, violated: 'connect-src', injected: false });
    expect(foreign.reached).toEqual([]);
    await foreign.stop();
  });

  test('keeps its place when a view is loaded anew, and gets a new port', async ({ startDesktop }) => {
    const desktop = await startDesktop();
    const page = await desktop.nextPage();
    expect(await page.evaluate(connectInPage, 'first')).toEqual({ answer: { ok: true }, portCame: true });
    await page.goto(desktop.browserAddress('app://console/incidents'));
    await page.reload();
    expect(desktop.addressOf(page)).toBe('app://console/incidents');
    expect(await page.evaluate(connectInPage, 'second')).toEqual({ answer: { ok: true }, portCame: true });
  });
});

test.describe('what is refused', () => {
  test('navigation to another place', async ({ startDesktop }) => {
    const foreign = await startForeignServer();
    const desktop = await startDesktop();
    const page = await desktop.nextPage();
    const before = await address(page);
    for (const target of [`${foreign.url}/navigate`, 'https://console.example/', 'data:text/html,x']) {
      await page.evaluate((to) => {
        const link = document.createElement('a');
        link.href = to;
        document.body.append(link);
        link.click();
      }, target);
    }
    // A round trip through the shell: whatever the clicks set off has been judged by then.
    expect(await page.evaluate(connectInPage, 'after')).toMatchObject({ answer: { ok: true } });
    expect(await address(page)).toBe(before);
    expect(foreign.reached).toEqual([]);
    await foreign.stop();
  });

  test('new windows; only listed https addresses reach the browser of the system', async ({ startDesktop }) => {
    const foreign = await startForeignServer();
    const desktop = await startDesktop();
    const page = await desktop.nextPage();
    await desktop.evaluate(({ shell }) => {
      const opened: string[] = [];
      Reflect.set(globalThis, 'openedByTest', opened);
      shell.openExternal = async (to) => {
        opened.push(to);
      };
    }, null);
    await page.evaluate((url) => {
      window.open(`${url}/open`);
      window.open('https://www.rfc-editor.org.evil.example/');
      window.open('https://www.rfc-editor.org/rfc/rfc8632');
    }, foreign.url);
    await expect
      .poll(() => desktop.evaluate((): string[] => Reflect.get(globalThis, 'openedByTest'), null))
      .toEqual(['https://www.rfc-editor.org/rfc/rfc8632']);
    expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1);
    expect(foreign.reached).toEqual([]);
    await foreign.stop();
  });

  test('a port for a frame inside the console', async ({ startStandInDesktop, host, dataFolder }) => {
    test.skip(host !== 'stand-in', 'only the stand-in can send from a frame that has no bridge');
    const desktop = await startStandInDesktop();
    const page = await desktop.nextPage();
    await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>foreign</p>';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
    });
    expect(await desktop.invokeFromFrame('about:srcdoc', 'pedkai:connect', ['stolen'])).toMatchObject({
      kind: 'answer',
      error: null,
      value: { ok: false, code: 'SENDER_REFUSED' },
    });
    expect(readFileSync(join(dataFolder, 'logs', 'pedkai.log'), 'utf8')).toContain('message from a foreign frame');
  });

  test('a malformed request for a port', async ({ startDesktop }) => {
    const page = await (await startDesktop()).nextPage();
    expect(await page.evaluate(connectInPage, '')).toMatchObject({ answer: { ok: false, code: 'BAD_REQUEST' } });
  });
});

test.describe('the life of the process', () => {
  test('ends with 0 after draining when the system asks, and closes the port', async ({ startDesktop, dataFolder }) => {
    const desktop = await startDesktop();
    const page = await desktop.nextPage();
    expect(await page.evaluate(connectInPage, 'r')).toMatchObject({ answer: { ok: true } });
    expect(await desktop.stop()).toBe(0);
    const log = readFileSync(join(dataFolder, 'logs', 'pedkai.log'), 'utf8');
    expect(log).toContain('Closing: finishing what was accepted');
    expect(log).not.toContain('Closed without a clean stop');
    for (const line of log.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('ends with 0 when the last window is closed', async ({ startDesktop }) => {
    const desktop = await startDesktop();
    await desktop.nextPage();
    await desktop.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close();
    }, null);
    expect(await desktop.ended).toBe(0);
  });

  test('a second start brings the first window to the front and hands over its link', async ({
    startDesktop,
    dataFolder,
  }) => {
    const desktop = await startDesktop();
    const page = await desktop.nextPage();
    await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize(), null);
    const opened = page.evaluate(
      () => new Promise<string>((resolve) => Reflect.get(window, 'pedkai').onOpenPath(resolve)),
    );
    const second = await desktop.startAgain(['pedkai://open/incidents?state=new']);
    expect(second.code).toBe(0);
    expect(second.log).toContain(`Pedkai is already open on ${dataFolder}`);
    expect(await opened).toBe('/incidents?state=new');
    const states = await desktop.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => [window.isMinimized(), window.isVisible()]),
      null,
    );
    expect(states).toEqual([[false, true]]);
  });

  test('a link given at the start opens its view', async ({ startDesktop }) => {
    const desktop = await startDesktop(['pedkai://open/alarms']);
    expect(desktop.addressOf(await desktop.nextPage())).toBe('app://console/alarms');
  });
});

test.describe('when something breaks', () => {
  test('an error that nobody caught is recorded and told, and the process ends with 1', async ({
    startDesktop,
    dataFolder,
  }) => {
    const desktop = await startDesktop();
    await desktop.nextPage();
    const told = join(dataFolder, 'told.txt');
    await desktop.evaluate(({ dialog }, file) => {
      const { writeFileSync } = process.getBuiltinModule('node:fs');
      // A real error box waits for a person.
      dialog.showErrorBox = (title, content) => writeFileSync(file, `${title}\n${content}`);
      setImmediate(() => {
        throw new Error('thrown by the test');
      });
    }, told);
    expect(await desktop.ended).toBe(1);
    expect(readFileSync(told, 'utf8')).toContain('thrown by the test');
    const log = readFileSync(join(dataFolder, 'logs', 'pedkai.log'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'error', module: 'shell', error_message: 'thrown by the test' }),
    );
  });
});

test.describe('when the engine cannot start', () => {
  test('because another process holds the data folder, the window says which', async ({ startDesktop, dataFolder }) => {
    const engine = await startEngineProcess(['--data-dir', dataFolder]);
    try {
      const failure = await (await startDesktop()).nextPage();
      await expect(failure.locator('#reason')).toContainText(String(engine.process.pid));
      await expect(failure.locator('#reason')).toContainText(engine.url);
    } finally {
      await engine.stop();
    }
  });

  test('a window says why; after the cause is put right, trying again opens the console', async ({
    startDesktop,
    dataFolder,
  }) => {
    const settings = join(dataFolder, 'config.json');
    writeFileSync(settings, JSON.stringify({ http: { prot: 4620 } }));
    const desktop = await startDesktop();
    const failure = await desktop.nextPage();
    expect(desktop.addressOf(failure)).toBe('app://failure/');
    await expect(failure.locator('#reason')).toContainText('http.prot');
    await expect(failure.locator('#data-folder')).toHaveText(dataFolder);
    expect(await failure.evaluate(() => 'pedkai' in window)).toBe(false);
    rmSync(settings);
    await failure.getByRole('link', { name: 'Try again' }).click();
    const page = await desktop.nextPage();
    expect(desktop.addressOf(page)).toBe('app://console/');
    expect(await desktop.stop()).toBe(0);
  });

  test('a port in use is named, and quitting ends with 0', async ({ startDesktop }) => {
    const foreign = await startForeignServer();
    const desktop = await startDesktop(['--port', String(foreign.port)]);
    const failure = await desktop.nextPage();
    await expect(failure.locator('#reason')).toContainText(String(foreign.port));
    await failure.getByRole('link', { name: 'Quit' }).click();
    expect(await desktop.ended).toBe(0);
    await foreign.stop();
  });
});
