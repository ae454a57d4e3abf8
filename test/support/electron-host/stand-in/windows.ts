import { readFileSync } from 'node:fs';
import type { BrowserWindow, BrowserWindowConstructorOptions, MessagePortMain, WebContents } from 'electron';
import type { Page } from 'playwright';
import { toBrowserAddress, toElectronAddress } from './addresses.ts';
import type { StandInBrowser } from './browser.ts';
import { createHub, preventable } from './hub.ts';
import type { StandInIpc } from './ipc.ts';
import { loud, loudClass } from './loud.ts';
import type { MessagePorts } from './message-ports.ts';
import { createPageMessenger, type PageMessenger } from './page-messenger.ts';

/** What the stand-in keeps about a window beside Electron's own object. */
interface WindowState {
  readonly window: BrowserWindow;
  readonly page: Promise<Page>;
  /** Judges a navigation of the window's page as Electron's events do. */
  mayNavigate(browserAddress: string, top: boolean): boolean;
}

export interface StandInWindows {
  readonly BrowserWindow: typeof BrowserWindow;
  mayNavigate(page: Page, browserAddress: string, top: boolean): boolean;
  /** The options that each window was made with, oldest first, closed windows included. */
  readonly optionsOfAll: readonly BrowserWindowConstructorOptions[];
  /** Sends an IPC invocation from a frame of the newest window, past its preload, and answers what came back. */
  invokeFromFrame(frameAddress: string, channel: string, parameters: readonly unknown[]): Promise<unknown>;
  /** Closes every window without asking. */
  destroyAll(): void;
}

export interface WindowsOptions {
  readonly browser: () => StandInBrowser;
  readonly ipc: StandInIpc;
  readonly ports: MessagePorts;
  readonly onAllClosed: () => void;
}

/** Makes Electron's `BrowserWindow` class, whose windows are pages of the browser. */
export function createWindows(options: WindowsOptions): StandInWindows {
  const states = new Map<Page, WindowState>();
  const open = new Set<BrowserWindow>();
  const optionsOfAll: BrowserWindowConstructorOptions[] = [];
  const destroyers = new Map<BrowserWindow, () => void>();
  let newest: PageMessenger | null = null;
  let lastId = 0;
  let focused: BrowserWindow | null = null;

  const createWindow = (given: BrowserWindowConstructorOptions): BrowserWindow => {
    lastId += 1;
    const id = lastId;
    const windowHub = createHub();
    const contentsHub = createHub();
    const preloadFile = given.webPreferences?.preload;
    let title = given.title ?? '';
    let visible = given.show !== false;
    let minimized = false;
    let destroyed = false;
    let readyToShow = false;
    let requested: string | null = null;
    let openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null;
    const page = options.browser().newPage();
    const messenger = createPageMessenger({
      page,
      // Electron's own defaults.
      size: { width: given.width ?? 800, height: given.height ?? 600 },
      preload: preloadFile === undefined ? null : readFileSync(preloadFile, 'utf8'),
      ipc: options.ipc,
      ports: options.ports,
      sender: () => contents,
      onWindowOpen: (address) => {
        const answer = openHandler?.({
          url: address,
          frameName: '',
          features: '',
          disposition: 'foreground-tab',
          referrer: { url: '', policy: 'no-referrer' },
        });
        if (answer?.action !== 'deny') throw new Error('The Electron stand-in cannot open a second window for a page.');
      },
      onCrashed: () => contentsHub.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 }),
    });
    newest = messenger;

    const goTo = async (address: string): Promise<void> => {
      await messenger.linked;
      requested = toBrowserAddress(address);
      await (await page).goto(requested, { waitUntil: 'load' });
      if (!readyToShow && !destroyed) {
        readyToShow = true;
        windowHub.emit('ready-to-show');
      }
    };
    const closed = (): void => {
      if (destroyed) return;
      destroyed = true;
      open.delete(window);
      if (focused === window) focused = null;
      page.then((present) => present.close()).catch(() => undefined);
      windowHub.emit('closed');
      if (open.size === 0) options.onAllClosed();
    };

    const contents: WebContents = loud<
      WebContents,
      'id' | 'on' | 'setWindowOpenHandler' | 'send' | 'postMessage' | 'getURL' | 'reload' | 'isDestroyed'
    >('webContents', {
      id,
      on: (event: string, listener: unknown) => {
        contentsHub.on(event, listener);
        return contents;
      },
      setWindowOpenHandler: (handler) => {
        openHandler = handler;
      },
      send: (channel: string, ...parameters: unknown[]) => messenger.sendEvent(channel, parameters, []),
      postMessage: (channel: string, message: unknown, transfer?: MessagePortMain[]) =>
        messenger.sendEvent(channel, [message], transfer ?? []),
      getURL: () => toElectronAddress(messenger.topAddress()),
      reload: () => {
        requested = messenger.topAddress();
        page.then((present) => present.reload()).catch(() => undefined);
      },
      isDestroyed: () => destroyed,
    });
    const window: BrowserWindow = loud<
      BrowserWindow,
      | 'id'
      | 'webContents'
      | 'on'
      | 'once'
      | 'loadURL'
      | 'show'
      | 'focus'
      | 'restore'
      | 'minimize'
      | 'isMinimized'
      | 'isVisible'
      | 'isFocused'
      | 'isDestroyed'
      | 'setTitle'
      | 'getTitle'
      | 'close'
      | 'destroy'
    >('BrowserWindow', {
      id,
      webContents: contents,
      on: (event: string, listener: unknown) => {
        windowHub.on(event, listener);
        return window;
      },
      once: (event: string, listener: unknown) => {
        windowHub.once(event, listener);
        return window;
      },
      loadURL: goTo,
      show: () => {
        visible = true;
        focused = window;
      },
      focus: () => {
        focused = window;
      },
      restore: () => {
        minimized = false;
      },
      minimize: () => {
        minimized = true;
        if (focused === window) focused = null;
      },
      isMinimized: () => minimized,
      isVisible: () => visible,
      isFocused: () => focused === window,
      isDestroyed: () => destroyed,
      setTitle: (next) => {
        title = next;
      },
      getTitle: () => title,
      close: () => {
        const event = preventable({});
        windowHub.emit('close', event);
        if (!event.defaultPrevented) closed();
      },
      destroy: closed,
    });

    optionsOfAll.push(given);
    open.add(window);
    destroyers.set(window, closed);
    page.then(
      (present) => {
        // The person closes the window, from the stand-in's point of view.
        present.on('close', () => {
          if (!destroyed) window.close();
        });
        states.set(present, {
          window,
          page,
          mayNavigate: (address, top) => {
            if (top && address === requested) {
              requested = null;
              return true;
            }
            const details = { url: toElectronAddress(address), isMainFrame: top, isSameDocument: false };
            const event = preventable(details);
            if (top) contentsHub.emit('will-navigate', event, details.url);
            contentsHub.emit('will-frame-navigate', event);
            return !event.defaultPrevented;
          },
        });
      },
      () => closed(),
    );
    return window;
  };

  return {
    BrowserWindow: loudClass<typeof BrowserWindow, 'getAllWindows'>(
      'BrowserWindow',
      { getAllWindows: () => [...open] },
      (given) => createWindow(typeof given === 'object' && given !== null ? given : {}),
    ),
    mayNavigate: (page, address, top) => states.get(page)?.mayNavigate(address, top) ?? false,
    optionsOfAll,
    invokeFromFrame: (frameAddress, channel, parameters) => {
      if (newest === null) throw new Error('There is no window.');
      return newest.invokeFromFrame(toBrowserAddress(frameAddress), channel, parameters);
    },
    destroyAll: () => {
      for (const window of [...open]) destroyers.get(window)?.();
    },
  };
}
