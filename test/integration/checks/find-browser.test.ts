import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '#build/checks/find-browser.mjs';
import { runModule } from '#test/support/launch/scripts.ts';
import { temporaryProject, writeFiles } from '#test/support/launch/temporary-project.ts';

const moduleAddress = new URL('../../../build/checks/find-browser.mjs', import.meta.url).href;

function makeExecutable(folder: string, name: string, source: string): string {
  writeFiles(folder, { [name]: `#!/bin/sh\n${source}\n` });
  chmodSync(join(folder, name), 0o755);
  return join(folder, name);
}

describe.skipIf(process.platform !== 'linux')('findBrowser', () => {
  it('takes the browser that PEDKAI_CHROMIUM names before any other', () => {
    const folder = temporaryProject();
    const named = makeExecutable(folder, 'my-chromium', 'exit 0');
    makeExecutable(folder, 'chromium', 'exit 0');
    expect(findBrowser(folder, { PEDKAI_CHROMIUM: named, PATH: folder })).toEqual({ ok: true, path: named });
  });

  it('falls back on nothing when the named browser does not run', () => {
    const folder = temporaryProject();
    makeExecutable(folder, 'chromium', 'exit 0');
    const found = findBrowser(folder, { PEDKAI_CHROMIUM: '/no/such/chromium', PATH: folder });
    expect(found).toEqual({ ok: false, reason: 'PEDKAI_CHROMIUM names /no/such/chromium, which does not run' });
  });

  it("finds the system's browser and passes over one that does not run", () => {
    const folder = temporaryProject();
    makeExecutable(folder, 'chromium', 'exit 127');
    const chrome = makeExecutable(folder, 'google-chrome', 'exit 0');
    expect(findBrowser(folder, { PATH: folder })).toEqual({ ok: true, path: chrome });
  });
});

describe.skipIf(process.platform !== 'linux')('ensureBrowser', () => {
  /** A project on a machine whose path holds no more than the programs put there. */
  async function ensureBrowser(programs: string) {
    const root = temporaryProject();
    const code = `import { ensureBrowser } from '${moduleAddress}';
      console.log(JSON.stringify(await ensureBrowser(process.cwd(), process.execPath)));`;
    const end = await runModule(code, { cwd: root, env: { PATH: programs, PEDKAI_CHROMIUM: undefined } });
    expect(end.code, end.stderr).toBe(0);
    return { outcome: JSON.parse(end.stdout), stderr: end.stderr };
  }

  function bareSystem(aptGet: string): string {
    const programs = temporaryProject();
    symlinkSync('/usr/bin/env', join(programs, 'env'));
    makeExecutable(programs, 'sudo', 'shift; exec "$@"');
    makeExecutable(programs, 'apt-get', `echo "$@" >> '${programs}/apt.log'\n${aptGet}`);
    return programs;
  }

  it("installs the system's package where the download fails", async () => {
    const programs = bareSystem(`case "$*" in
      install*) printf '#!/bin/sh\\n' > "\${0%/*}/chromium"; /bin/chmod 755 "\${0%/*}/chromium";;
    esac`);
    const { outcome } = await ensureBrowser(programs);
    expect(outcome).toEqual({ ok: true, path: join(programs, 'chromium') });
    const calls = readFileSync(join(programs, 'apt.log'), 'utf8').trim().split('\n');
    expect(calls).toEqual([expect.stringMatching(/^update /), expect.stringMatching(/^install .*-y .*chromium$/)]);
  });

  it('says that there is none where the package cannot be installed either', async () => {
    const { outcome, stderr } = await ensureBrowser(bareSystem('exit 100'));
    expect(outcome).toEqual({ ok: false, reason: 'there is no Chromium that runs' });
    expect(stderr).toContain('pedkai: installing the system');
  });
});
