/** Composition root of the desktop console: Electron's parts, the folders, the log and the engine are joined here. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  session,
  shell,
} from 'electron';
import { defaultDataFolder } from '#engine/settings/default-data-folder.ts';
import { createLogger, errorFields } from '#engine/telemetry/logger.ts';
import { handleCrashes } from './lifecycle/crash-handler.ts';
import { takeSingleInstanceLock } from './lifecycle/single-instance.ts';
import { openShellLog } from './logging/shell-log.ts';
import { type RunningShell, runShell } from './run-shell.ts';
import { prepareFolders } from './start/data-folder.ts';
import { deepLinkScheme, readDeepLink } from './start/deep-links.ts';
import { readStartArguments } from './start/start-arguments.ts';
import { appScheme } from './trust/own-pages.ts';

const { env, platform } = process;
const clock = (): number => Date.now();
const start = readStartArguments(process.argv.slice(1), process.cwd());
const dataFolder = start.dataFolder ?? defaultDataFolder({ platform, env, home: homedir() });
const outFolder = join(import.meta.dirname, '..');
const prepared = prepareFolders(dataFolder);
const sink = openShellLog(prepared.ok ? prepared.folders.logs : null, process.stderr);
const log = createLogger(sink.write, 'info', clock).child('shell');

handleCrashes({
  process,
  app,
  dialog,
  record: (error) => {
    log.error('crash', 'An error that nobody caught', errorFields(error));
    sink.flush();
  },
  logFolder: prepared.ok ? prepared.folders.logs : 'the terminal',
});

// Everything down to the lock must happen before Electron is ready, so nothing is awaited until then.
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
if (prepared.ok) app.setPath('userData', prepared.folders.electron);
if (app.isPackaged) app.setAsDefaultProtocolClient(deepLinkScheme);

let running: RunningShell | null = null;
let firstPath = start.openPath;
const bringToFront = (path: string | null): void => {
  if (running === null) firstPath = path ?? firstPath;
  else running.bringToFront(path);
};
const isFirst = takeSingleInstanceLock(app, firstPath, bringToFront);
// macOS hands links over by an event, to the one running process.
app.on('open-url', (_event, link) => bringToFront(readDeepLink(link)));

if (isFirst) {
  void app.whenReady().then(() => {
    running = runShell(
      {
        electron: { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, nativeTheme, session, shell },
        platform,
        clock,
        log,
        openEngine: async () => {
          if (!prepared.ok) throw new Error(prepared.reason);
          // Loaded only now, so that an engine that cannot even be loaded is reported in a window too.
          const [{ createEngine }, { loadSettings }] = await Promise.all([
            import('#engine/engine.ts'),
            import('#engine/settings/load-settings.ts'),
          ]);
          return createEngine(loadSettings(dataFolder, { ...env, ...start.environment }), {
            clock,
            logSink: sink.write,
            coreThread: pathToFileURL(join(import.meta.dirname, 'core-thread.js')),
            kpiThread: pathToFileURL(join(import.meta.dirname, 'kpi-thread.js')),
            migrationsFolder: app.isPackaged
              ? join(process.resourcesPath, 'migrations')
              : join(outFolder, '../migrations'),
            adrFolder: app.isPackaged ? join(process.resourcesPath, 'adr') : join(outFolder, '../docs/adr'),
            consoleFolder: join(outFolder, 'renderer'),
          });
        },
        readFile: async (file) => new Uint8Array(await readFile(file)),
        consoleFolder: join(outFolder, 'renderer'),
        preload: join(outFolder, 'preload/preload.cjs'),
        dataFolder,
        logFolder: prepared.ok ? prepared.folders.logs : null,
      },
      firstPath,
    );
  });
} else {
  process.stderr.write(`Pedkai is already open on ${dataFolder}; its window was brought to the front.\n`);
  app.quit();
}
