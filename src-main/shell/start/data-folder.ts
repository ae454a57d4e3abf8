import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that the shell keeps inside the data folder. */
export interface ShellFolders {
  readonly data: string;
  readonly logs: string;
  /** Electron's own files (caches, storage). One per data folder, so that the single instance lock is per data folder too. */
  readonly electron: string;
}

export type FoldersOutcome =
  | { readonly ok: true; readonly folders: ShellFolders }
  /** `reason` is one line for the person who starts the console. */
  | { readonly ok: false; readonly reason: string };

/** Makes the data folder and what the shell keeps in it; says in one line why that cannot be done. */
export function prepareFolders(data: string): FoldersOutcome {
  const folders = { data, logs: join(data, 'logs'), electron: join(data, 'electron') };
  for (const folder of [folders.data, folders.logs, folders.electron]) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
    } catch (error) {
      const cause = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      return { ok: false, reason: `The folder ${folder} cannot be written (${cause}).` };
    }
  }
  return { ok: true, folders };
}
