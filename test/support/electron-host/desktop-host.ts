import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { HostStarter } from '#test/support/hosts/running-host.ts';
import type { Desktop, DesktopStart } from './desktop.ts';
import { startElectron } from './start-electron.ts';
import { startStandIn } from './start-stand-in.ts';

/** What the engine leaves in its data folder while it runs. */
const engineFileSchema = z.object({ url: z.string() });

/** A host for the specs that run everywhere: the shell on any free port, its console's window as the page. */
function desktopHost(startDesktop: (start: DesktopStart) => Desktop | Promise<Desktop>): HostStarter {
  return async ({ dataFolder, arguments: further }) => {
    const desktop = await startDesktop({ dataFolder, arguments: ['--port', '0', ...further] });
    try {
      const page = await desktop.nextPage();
      const { url } = engineFileSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'engine.json'), 'utf8')));
      return {
        name: desktop.name,
        dataFolder,
        url,
        page,
        origins: [new URL(desktop.browserAddress('app://console/')).origin],
        stop: async () => {
          const code = await desktop.stop();
          if (code === null) throw new Error(`The shell was ended by a signal.\n${desktop.log()}`);
          return code;
        },
      };
    } catch (error) {
      await desktop.stop();
      throw error;
    }
  };
}

/** The shell on the stand-in for Electron. */
export const startStandInHost = desktopHost(startStandIn);

/** The shell on Electron itself. */
export const startElectronHost = desktopHost(startElectron);
