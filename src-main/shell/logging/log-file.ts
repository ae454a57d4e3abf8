import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';

export interface LogFileOptions {
  /** Existing folder; the newest lines are in `pedkai.log`, older ones in `pedkai.1.log` and so on. */
  readonly folder: string;
  /** Size in bytes after which a new file is begun. */
  readonly maxBytes: number;
  /** How many older files are kept. */
  readonly keep: number;
  /** Told when the file cannot be written, a full disk for example. */
  readonly onError: (error: Error) => void;
}

export interface LogFile {
  /** Takes one line without its line feed; buffered, written off the caller's path. */
  readonly write: (line: string) => void;
  /** Writes everything that is buffered before it returns. */
  readonly flush: () => void;
}

/** Opens the log, beginning a new file when the last one is full; goes on doing so while it is written. */
export function openLogFile(options: LogFileOptions): LogFile {
  const current = join(options.folder, 'pedkai.log');
  const older = (number: number): string => join(options.folder, `pedkai.${number}.log`);

  const shift = (): void => {
    rmSync(older(options.keep), { force: true });
    for (let number = options.keep - 1; number >= 1; number -= 1) {
      if (existsSync(older(number))) renameSync(older(number), older(number + 1));
    }
    if (existsSync(current)) renameSync(current, older(1));
  };

  let size = statSync(current, { throwIfNoEntry: false })?.size ?? 0;
  if (size >= options.maxBytes) {
    shift();
    size = 0;
  }
  // Opened in the same tick, so that a flush right after the start has a file to write to.
  const destination = pino.destination({ dest: current, sync: true });
  destination.on('error', options.onError);

  return {
    write: (line) => {
      if (size >= options.maxBytes) {
        destination.flushSync();
        shift();
        destination.reopen(current);
        size = 0;
      }
      destination.write(`${line}\n`);
      size += Buffer.byteLength(line) + 1;
    },
    flush: () => destination.flushSync(),
  };
}
