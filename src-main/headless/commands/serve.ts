import { createEngine, EngineStartError } from '#engine/engine.ts';
import { loadSettings, SettingsError } from '#engine/settings/load-settings.ts';
import { CommandError } from '../command-error.ts';
import { bufferedLog, printLine } from '../output.ts';
import { adrFolder, consoleFolder, coreThread, kpiThread, migrationsFolder } from '../surroundings.ts';

export interface ServeOptions {
  readonly dataDir: string;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
}

/** The engine without a window, until SIGTERM or SIGINT. Prints one line when it accepts requests. */
export async function serve(options: ServeOptions): Promise<void> {
  const stopAsked = new Promise<void>((resolve) => {
    // Kept while draining: a signal to the whole process group may come twice.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
  const log = bufferedLog();
  try {
    const settings = loadSettings(options.dataDir, {
      ...process.env,
      ...(options.host === undefined ? {} : { PEDKAI_HTTP__HOST: options.host }),
      ...(options.port === undefined ? {} : { PEDKAI_HTTP__PORT: options.port }),
    });
    const engine = createEngine(settings, {
      clock: Date.now,
      logSink: log.sink,
      coreThread,
      kpiThread,
      migrationsFolder,
      adrFolder,
      consoleFolder,
    });
    const { url, consoleUrl } = await engine.start();
    await printLine(JSON.stringify({ ready: true, url, console: consoleUrl }));
    await stopAsked;
    await engine.stop();
  } catch (error) {
    if (error instanceof SettingsError) throw new CommandError(2, error.message);
    if (error instanceof EngineStartError) throw new CommandError(1, error.message);
    throw error;
  } finally {
    await log.flush();
  }
}
