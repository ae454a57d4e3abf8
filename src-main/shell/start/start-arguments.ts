import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findDeepLink } from './deep-links.ts';

export interface StartArguments {
  /** Absolute path of the data folder that was asked for; null means the default one. */
  readonly dataFolder: string | null;
  /** Path of the console to show first, from a `pedkai://` link; null means the home page. */
  readonly openPath: string | null;
  /** Settings given on the command line, as the environment variables that they stand for. They win over the environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Options that stand for a setting; the headless host takes the same ones. */
const settingOptions = { host: 'PEDKAI_HTTP__HOST', port: 'PEDKAI_HTTP__PORT' } as const;

/**
 * Reads the shell's own arguments and leaves Chromium's alone, with which they are mixed on one command line.
 * An empty `--data-dir` counts as not given.
 */
export function readStartArguments(commandLine: readonly string[], workingFolder: string): StartArguments {
  const { values } = parseArgs({
    args: [...commandLine],
    options: { 'data-dir': { type: 'string' }, host: { type: 'string' }, port: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const folder = values['data-dir'];
  const environment = Object.entries(settingOptions).flatMap(([option, variable]) => {
    const value = values[option];
    return typeof value === 'string' && value !== '' ? [[variable, value]] : [];
  });
  return {
    dataFolder: typeof folder === 'string' && folder !== '' ? resolve(workingFolder, folder) : null,
    openPath: findDeepLink(commandLine),
    environment: Object.fromEntries(environment),
  };
}
