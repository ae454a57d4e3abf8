import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { channels } from '../console-connection/channels.ts';
import { consoleHost, consoleUrl } from '../trust/own-pages.ts';
import { guardWindow } from '../trust/window-guards.ts';
import { windowOptions } from './window-options.ts';

export interface ConsoleWindowOptions {
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** Absolute path of the built preload. */
  readonly preload: string;
  readonly dark: boolean;
  readonly openExternal: (address: string) => void;
  readonly onRefused: (attempt: string, address: string) => void;
}

export interface ConsoleWindow {
  readonly window: BrowserWindow;
  /** Shows the window if it is hidden or minimised, puts it in front, and goes to the path if one is given. */
  bringToFront(path: string | null): Promise<void>;
}

/**
 * Opens the console's window on a path of the console (null: the home page). It is shown when its first view is painted;
 * `loaded` settles when the page is there.
 */
export function openConsoleWindow(
  options: ConsoleWindowOptions,
  path: string | null,
): { readonly consoleWindow: ConsoleWindow; readonly loaded: Promise<void> } {
  const window = options.createWindow(
    windowOptions({ preload: options.preload, title: 'Pedkai', width: 1600, height: 1000, dark: options.dark }),
  );
  guardWindow(window.webContents, {
    host: consoleHost,
    openExternal: options.openExternal,
    onRefused: options.onRefused,
  });
  window.once('ready-to-show', () => window.show());
  const loaded = window.loadURL(new URL(path ?? '/', consoleUrl).href);

  const consoleWindow: ConsoleWindow = {
    window,
    bringToFront: async (openPath) => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (openPath === null) return;
      // Before the page is there nobody listens to the channel.
      await loaded.catch(() => undefined);
      if (window.isDestroyed()) return;
      window.webContents.send(channels.openPath, openPath);
    },
  };
  return { consoleWindow, loaded };
}
