/**
 * Stands in for the module `electron` in the process of the built shell. Has exactly what the shell uses of it; anything else fails
 * loudly, by a missing export or by name.
 */
import { join } from 'node:path';
import type { Dialog, Menu as ElectronMenu, MenuItem, NativeTheme, Shell } from 'electron';
import { createApplication } from './stand-in/application.ts';
import { type StandInBrowser, startBrowser } from './stand-in/browser.ts';
import { answerTests, tellTests } from './stand-in/control.ts';
import { createIpc } from './stand-in/ipc.ts';
import { loud, loudClass } from './stand-in/loud.ts';
import { createMessagePorts } from './stand-in/message-ports.ts';
import { createSession } from './stand-in/session.ts';
import { createWindows } from './stand-in/windows.ts';

const { STAND_IN_CHROMIUM: chromium } = process.env;
const sessions = createSession();
const ipc = createIpc();
const ports = createMessagePorts();
let browser: StandInBrowser | null = null;

const windows = createWindows({
  browser: () => {
    if (browser === null) throw new Error('A window cannot be made before the app is ready.');
    return browser;
  },
  ipc,
  ports,
  onAllClosed: () => application.allWindowsClosed(),
});

const application = createApplication({
  prepare: async () => {
    browser = await startBrowser({
      executable: chromium ?? null,
      profileFolder: join(application.app.getPath('userData'), 'stand-in-chromium'),
      session: sessions,
      mayNavigate: windows.mayNavigate,
      onStrayPage: (page) => void page.close().catch(() => undefined),
    });
    sessions.markReady();
    tellTests({ kind: 'browser', endpoint: browser.endpoint });
  },
  destroyWindows: windows.destroyAll,
  release: async () => {
    await browser?.close();
  },
});

export const { app } = application;
export const { ipcMain } = ipc;
export const { MessageChannelMain } = ports;
export const { BrowserWindow } = windows;
export const { protocol } = sessions;
export const session = loud<typeof Electron.Session, 'defaultSession'>('session', {
  defaultSession: sessions.defaultSession,
});
export const nativeTheme = loud<NativeTheme, 'shouldUseDarkColors'>('nativeTheme', { shouldUseDarkColors: false });
export const shell = loud<Shell, 'openExternal'>('shell', {
  // There is no desktop to show it; tests put their own in its place.
  openExternal: async (address) => {
    process.stderr.write(`opened outside: ${address}\n`);
  },
});
export const dialog = loud<Dialog, 'showErrorBox'>('dialog', {
  showErrorBox: (title, content) => {
    process.stderr.write(`error box: ${title}: ${content}\n`);
  },
});
export const Menu = loudClass<typeof ElectronMenu, 'buildFromTemplate' | 'setApplicationMenu'>(
  'Menu',
  {
    buildFromTemplate: (template) =>
      loud<ElectronMenu, 'items'>('Menu', {
        items: template.map((item) => loud<MenuItem, 'label'>('MenuItem', { label: item.label ?? '' })),
      }),
    setApplicationMenu: () => undefined,
  },
  () => {
    throw new Error('The Electron stand-in builds menus from templates only.');
  },
);

answerTests({
  electron: { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, nativeTheme, protocol, session, shell },
  invokeFromFrame: windows.invokeFromFrame,
  windowOptions: () => windows.optionsOfAll,
});
