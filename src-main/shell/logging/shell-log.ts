import { type LogFile, openLogFile } from './log-file.ts';

const maxBytes = 20 * 1024 * 1024;
const olderFilesKept = 5;

/** Opens the log of the desktop console: files in the folder, or the terminal where there is no folder that can be written. */
export function openShellLog(folder: string | null, terminal: { write(text: string): unknown }): LogFile {
  const toTerminal = (line: string): void => {
    terminal.write(`${line}\n`);
  };
  if (folder === null) return { write: toTerminal, flush: () => undefined };
  return openLogFile({
    folder,
    maxBytes,
    keep: olderFilesKept,
    onError: (error) => toTerminal(`The log in ${folder} cannot be written: ${error.message}`),
  });
}
