import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot, startScript } from '#test/support/launch/scripts.ts';
import { temporaryProject } from '#test/support/launch/temporary-project.ts';

/** A machine without a display, whatever this one has. */
const withoutDisplay = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
/** The first start may have to build the console. */
const timeout = 180_000;

const start = (...args: readonly string[]) =>
  startScript([join(projectRoot, 'build/start.mjs'), '--port', '0', ...args], { env: withoutDisplay });

const addressIn = (line: string) => /http:\/\/\S+/.exec(line)?.[0] ?? '';

describe.skipIf(process.platform !== 'linux')('npm start without a display', () => {
  it('says so in one line, serves the console to the browser and ends cleanly', { timeout }, async () => {
    const folder = temporaryProject();
    const script = start('--data-dir', folder);
    const address = addressIn(await script.lineWith('Pedkai console:'));
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<script');

    script.process.kill('SIGTERM');
    const end = await script.ended;
    expect(end).toMatchObject({ code: 0, signal: null });
    const lines = end.stderr.split('\n').filter((line) => line.includes('browser'));
    expect(lines).toEqual([
      'pedkai: there is no display here: the console runs in the browser instead of its own window',
    ]);
  });

  it('says who holds the data folder when it is started twice', { timeout }, async () => {
    const folder = temporaryProject();
    const first = start('--data-dir', folder);
    const address = addressIn(await first.lineWith('Pedkai console:'));

    const second = await start('--data-dir', folder).ended;
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toContain(folder);
    expect(second.stderr).toContain(new URL(address).origin);

    first.process.kill('SIGINT');
    expect(await first.ended).toMatchObject({ code: 0, signal: null });
  });
});
