import { homedir } from 'node:os';
import path from 'node:path';
import { defaultDataFolder } from '#engine/settings/default-data-folder.ts';

/** Where things are when the engine runs from the project's folder. */
const projectFolder = path.resolve(import.meta.dirname, '../..');
/** Where ADR-001 stands. */
export const adrFolder = path.join(projectFolder, 'docs', 'adr');
export const migrationsFolder = path.join(projectFolder, 'migrations');
export const consoleFolder = path.join(projectFolder, 'out', 'renderer');
export const coreThread = new URL('./core-thread.ts', import.meta.url);
export const kpiThread = new URL('./kpi-thread.ts', import.meta.url);

/** The data folder that a command works on when it is not told. */
export function usualDataFolder(): string {
  return defaultDataFolder({ platform: process.platform, env: process.env, home: homedir() });
}
