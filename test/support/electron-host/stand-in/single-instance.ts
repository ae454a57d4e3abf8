import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** What a second process leaves for the first. */
interface SecondStart {
  readonly commandLine: readonly string[];
  readonly workingFolder: string;
  readonly data: unknown;
}

const lockName = 'stand-in-instance.lock';
const messagePrefix = 'stand-in-second-';

/**
 * Takes the instance lock of a folder, as Chromium does for a profile. The first process hears of later ones through files in the
 * folder; answers the release, or null when another living process holds the lock and was told.
 */
export function takeInstanceLock(
  folder: string,
  data: unknown,
  onSecondStart: (start: SecondStart) => void,
): (() => void) | null {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, lockName);
  if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
    const start: SecondStart = { commandLine: process.argv, workingFolder: process.cwd(), data };
    const message = join(folder, `${messagePrefix}${process.pid}`);
    writeFileSync(`${message}.part`, JSON.stringify(start));
    renameSync(`${message}.part`, `${message}.json`);
    return null;
  }
  rmSync(lock, { force: true });
  const file = openSync(lock, 'wx');
  writeFileSync(file, String(process.pid));
  closeSync(file);
  const watcher = watch(folder, (_kind, name) => {
    if (name === null || !name.startsWith(messagePrefix) || !name.endsWith('.json')) return;
    const message = join(folder, name);
    if (!existsSync(message)) return;
    const start: SecondStart = JSON.parse(readFileSync(message, 'utf8'));
    rmSync(message);
    onSecondStart(start);
  });
  return () => {
    watcher.close();
    rmSync(lock, { force: true });
  };
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
