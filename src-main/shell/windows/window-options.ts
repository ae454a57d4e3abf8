import type { BrowserWindowConstructorOptions } from 'electron';

/** Background before the first paint, in both colour schemes, so that a dark room is not lit up by a white flash. */
const background = { dark: '#111315', light: '#f3f4f5' };

export interface WindowOptionsInput {
  /** Absolute path of the built preload; null for a window that needs no bridge. */
  readonly preload: string | null;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
}

/**
 * Options of every window. The sandbox is on, the page's world is apart from the preload's, Node is absent;
 * whatever Electron's defaults protect (web security, insecure content, embedded views) stays untouched.
 */
export function windowOptions(input: WindowOptionsInput): BrowserWindowConstructorOptions {
  return {
    title: input.title,
    width: input.width,
    height: input.height,
    minWidth: 480,
    minHeight: 360,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: input.dark ? background.dark : background.light,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      ...(input.preload === null ? {} : { preload: input.preload }),
    },
  };
}
