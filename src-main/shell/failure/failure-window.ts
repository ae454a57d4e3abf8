import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { failureUrl } from '../trust/own-pages.ts';
import { windowOptions } from '../windows/window-options.ts';
import { type FailureChoice, readFailureChoice } from './failure-page.ts';

export interface FailureWindowOptions {
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly dark: boolean;
  readonly onChoice: (choice: FailureChoice) => void;
}

/**
 * Opens the window that says why the engine could not start. Its page has no script and no bridge: a click on a button is
 * a navigation, which is refused and read as the choice. Every other navigation is refused too.
 */
export function openFailureWindow(options: FailureWindowOptions): { window: BrowserWindow; loaded: Promise<void> } {
  const window = options.createWindow(
    windowOptions({
      preload: null,
      title: 'Pedkai: the engine could not start',
      width: 820,
      height: 560,
      dark: options.dark,
    }),
  );
  const contents = window.webContents;
  contents.on('will-navigate', (event) => {
    event.preventDefault();
    const choice = readFailureChoice(event.url);
    if (choice !== null) options.onChoice(choice);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.once('ready-to-show', () => window.show());
  return { window, loaded: window.loadURL(failureUrl) };
}
