import type { App, Dialog } from 'electron';

export interface CrashHandlerOptions {
  readonly process: Pick<NodeJS.Process, 'on'>;
  readonly app: Pick<App, 'exit'>;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  /** Writes the crash where it is kept, before anything else is tried; must not throw. */
  readonly record: (error: Error) => void;
  /** Folder named to the person, where the record is. */
  readonly logFolder: string;
}

/**
 * The one owner of errors that nobody caught: records, tells the person, exits with 1. After such an error the
 * state is unknown, so nothing is continued; the store is consistent at every moment.
 */
export function handleCrashes(options: CrashHandlerOptions): void {
  let crashed = false;
  const crash = (cause: unknown): void => {
    if (crashed) return;
    crashed = true;
    const error = cause instanceof Error ? cause : new Error(String(cause));
    options.record(error);
    options.dialog.showErrorBox(
      'Pedkai stopped because of an error',
      `${error.message}\n\nEvery alarm that was accepted is kept. Details are in ${options.logFolder}.`,
    );
    options.app.exit(1);
  };
  options.process.on('uncaughtException', crash);
  options.process.on('unhandledRejection', crash);
}
