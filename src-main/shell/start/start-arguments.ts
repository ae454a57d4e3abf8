import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findDeepLink } from './deep-links.ts';

export interface StartArguments {
  /** Absolute path of the data folder that was asked for; null means the default one. */
  readonly dataFolder: string | null;
  /** Path of the console to show first, from a `pedkai://` link; null means the home page. */
  readonly openPath: string | null;
}

/**
 * Reads the shell's own arguments and leaves Chromium's alone, with which they are mixed on one command line.
 * An empty `--data-dir` counts as not given.
 */
export function readStartArguments(commandLine: readonly string[], workingFolder: string): StartArguments {
  const { values } = parseArgs({
    args: [...commandLine],
    options: { 'data-dir': { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const folder = values['data-dir'];
  return {
    dataFolder: typeof folder === 'string' && folder !== '' ? resolve(workingFolder, folder) : null,
    openPath: findDeepLink(commandLine),
  };
}
