import { posix, win32 } from 'node:path';

/** What the choice of a data folder depends on; hosts pass `process.platform`, `process.env` and `os.homedir()`. */
export interface DataFolderSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The folder that Pedkai keeps its data in when nobody names one: the per-user application data folder of the platform.
 * Both hosts ask here, so that the desktop and the command line open the same data.
 *
 * Windows: `%APPDATA%\Pedkai`. macOS: `~/Library/Application Support/Pedkai`. Elsewhere: `$XDG_DATA_HOME/pedkai`, or
 * `~/.local/share/pedkai`; a relative XDG_DATA_HOME is ignored, as the XDG Base Directory Specification 0.8 demands.
 *
 * @returns an absolute path; the folder need not exist
 */
export function defaultDataFolder({ platform, env, home }: DataFolderSurroundings): string {
  if (platform === 'win32') {
    const { APPDATA: roaming } = env;
    return win32.join(roaming || win32.join(home, 'AppData', 'Roaming'), 'Pedkai');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Pedkai');
  const { XDG_DATA_HOME: dataHome } = env;
  const base = dataHome && posix.isAbsolute(dataHome) ? dataHome : posix.join(home, '.local', 'share');
  return posix.join(base, 'pedkai');
}
