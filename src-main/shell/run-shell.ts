import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { errorFields, type Logger } from '#engine/telemetry/logger.ts';
import { channels } from './console-connection/channels.ts';
import { createConsoleConnections } from './console-connection/connect-console.ts';
import { createEngineHost, type HostedEngine } from './console-connection/engine-host.ts';
import type { FailureReport } from './failure/failure-page.ts';
import { failureStyle, renderFailurePage } from './failure/failure-page.ts';
import { openFailureWindow } from './failure/failure-window.ts';
import { recoverPage } from './lifecycle/page-recovery.ts';
import { drainBeforeQuit } from './lifecycle/shutdown.ts';
import { applicationMenu } from './menu/application-menu.ts';
import { createAppProtocol } from './protocol/app-protocol.ts';
import { citedHosts, createExternalLinkOpener } from './trust/external-links.ts';
import { appScheme } from './trust/own-pages.ts';
import { denyPermissions } from './trust/permissions.ts';
import { type ConsoleWindow, openConsoleWindow } from './windows/console-window.ts';

/** How long the engine may take to finish what it accepted when the console is closed. */
export const drainLimitMilliseconds = 15_000;

/** The parts of Electron that the shell runs on. */
export type ElectronParts = Pick<
  typeof Electron,
  'app' | 'dialog' | 'ipcMain' | 'nativeTheme' | 'session' | 'shell' | 'Menu' | 'BrowserWindow' | 'MessageChannelMain'
>;

export interface ShellOptions {
  readonly electron: ElectronParts;
  readonly platform: NodeJS.Platform;
  readonly clock: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Loads the settings and makes an engine that is not started yet; rejects with one plain line. */
  readonly openEngine: () => Promise<HostedEngine>;
  readonly readFile: (file: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly consoleFolder: string;
  readonly preload: string;
  readonly dataFolder: string;
  readonly logFolder: string | null;
}

export interface RunningShell {
  /** Brings the present window to the front; a console goes to the path if one is given. */
  readonly bringToFront: (path: string | null) => void;
}

/** Starts the engine and shows either the console or why there is none. Call once, when Electron is ready. */
export function runShell(options: ShellOptions, firstPath: string | null): RunningShell {
  const { app, dialog, ipcMain, nativeTheme, session, shell, Menu, BrowserWindow, MessageChannelMain } =
    options.electron;
  const host = createEngineHost(options.openEngine);
  let failure: FailureReport = { reason: '', dataFolder: options.dataFolder, logFolder: options.logFolder };
  let phase: 'idle' | 'starting' | 'closing' = 'idle';
  let present: { readonly window: BrowserWindow; readonly console: ConsoleWindow | null } | null = null;
  const create = (windowOptions: BrowserWindowConstructorOptions): BrowserWindow => new BrowserWindow(windowOptions);
  const refused = (attempt: string, address: string): void =>
    options.log.warn('refused', `Refused: ${attempt}`, { attempt, address });

  const connections = createConsoleConnections({
    engine: host.running,
    isOwnWindow: (id) => present !== null && present.console !== null && present.window.webContents.id === id,
    createChannel: () => new MessageChannelMain(),
    onRefused: (address) => refused('message from a foreign frame', address),
  });
  const openExternal = createExternalLinkOpener(shell, citedHosts, (address) => refused('external link', address));

  const replaceWindow = (window: BrowserWindow, console: ConsoleWindow | null): void => {
    const previous = present;
    present = { window, console };
    previous?.window.destroy();
    window.on('closed', () => {
      if (present?.window === window) present = null;
    });
  };
  const reportUnlessGone = (window: BrowserWindow, loaded: Promise<void>): void => {
    loaded.catch((error: unknown) => {
      if (!window.isDestroyed()) options.log.error('load', 'A page could not be loaded', errorFields(error));
    });
  };

  const showConsole = (path: string | null): void => {
    const { consoleWindow, loaded } = openConsoleWindow(
      {
        createWindow: create,
        preload: options.preload,
        dark: nativeTheme.shouldUseDarkColors,
        openExternal,
        onRefused: refused,
      },
      path,
    );
    recoverPage({
      contents: consoleWindow.window.webContents,
      clock: options.clock,
      onGone: (details) => options.log.error('recoverPage', 'The console page died', { ...details }),
      onHopeless: () =>
        dialog.showErrorBox(
          'The console page keeps failing',
          'The engine still runs and keeps every alarm. Close this window and start Pedkai again.',
        ),
    });
    replaceWindow(consoleWindow.window, consoleWindow);
    reportUnlessGone(consoleWindow.window, loaded);
  };

  const showFailure = (error: Error): void => {
    options.log.error('startAndShow', `The engine could not start: ${error.message}`, errorFields(error));
    failure = { ...failure, reason: error.message };
    const { window, loaded } = openFailureWindow({
      createWindow: create,
      dark: nativeTheme.shouldUseDarkColors,
      onChoice: (choice) => {
        if (choice === 'quit') app.quit();
        else void startAndShow();
      },
    });
    replaceWindow(window, null);
    reportUnlessGone(window, loaded);
  };

  const startAndShow = async (): Promise<void> => {
    if (phase !== 'idle') return;
    phase = 'starting';
    const start = await host.start();
    if (phase !== 'starting') return;
    phase = 'idle';
    if (start.ok) showConsole(firstPath);
    else showFailure(start.error);
  };

  denyPermissions(session.defaultSession);
  session.defaultSession.protocol.handle(
    appScheme,
    createAppProtocol({
      consoleFolder: options.consoleFolder,
      readFile: options.readFile,
      failurePage: () => renderFailurePage(failure),
      failureStyle,
    }),
  );
  ipcMain.handle(channels.connect, (event, ...parameters: unknown[]) => connections.connect(event, ...parameters));
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(options.platform)));
  drainBeforeQuit({
    app,
    drain: async () => {
      connections.closeAll();
      await host.stop();
    },
    limitMilliseconds: drainLimitMilliseconds,
    onDraining: () => {
      phase = 'closing';
      options.log.info('drain', 'Closing: finishing what was accepted', { limit_ms: drainLimitMilliseconds });
      present?.window.setTitle(`Pedkai: finishing what was accepted, at most ${drainLimitMilliseconds / 1000} seconds`);
    },
    onFailed: (reason) => options.log.error('drain', `Closed without a clean stop: ${reason}`),
  });
  app.on('window-all-closed', () => app.quit());
  void startAndShow();

  return {
    bringToFront: (path) => {
      if (present === null) return;
      if (present.console !== null) void present.console.bringToFront(path);
      else present.window.focus();
    },
  };
}
