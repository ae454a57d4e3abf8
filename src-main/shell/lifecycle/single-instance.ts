import type { App } from 'electron';
import { z } from 'zod';
import { consolePathSchema } from '#shared/shell-bridge.ts';

/** What a second start hands to the first. Electron itself reorders a command line, so the path is handed over apart. */
const handedOverSchema = z.object({ open_path: consolePathSchema.nullable() });

/**
 * Takes the lock of this data folder. True: this process is the first, and `onSecondStart` hears of every later one
 * with the path that it was asked to show. False: another process holds it and has been told.
 */
export function takeSingleInstanceLock(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  openPath: string | null,
  onSecondStart: (openPath: string | null) => void,
): boolean {
  const handedOver: z.infer<typeof handedOverSchema> = { open_path: openPath };
  if (!app.requestSingleInstanceLock(handedOver)) return false;
  app.on('second-instance', (_event, _commandLine, _workingFolder, data) => {
    const received = handedOverSchema.safeParse(data);
    onSecondStart(received.success ? received.data.open_path : null);
  });
  return true;
}
