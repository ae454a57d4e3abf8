import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { createHub, preventable } from './hub.ts';
import { loud } from './loud.ts';
import { takeInstanceLock } from './single-instance.ts';

export interface ApplicationOptions {
  /** Does what Electron does before it is ready. */
  readonly prepare: () => Promise<void>;
  readonly destroyWindows: () => void;
  /** Releases what was prepared, before the process ends. */
  readonly release: () => Promise<void>;
}

export interface StandInApplication {
  readonly app: App;
  /** The last window is gone. */
  allWindowsClosed(): void;
}

/** Electron's `app`: life cycle, paths, instance lock. */
export function createApplication(options: ApplicationOptions): StandInApplication {
  const hub = createHub();
  const paths = new Map<string, string>([['userData', join(tmpdir(), `electron-stand-in-${process.pid}`)]]);
  let releaseLock: (() => void) | null = null;
  let quitting = false;
  // In a task of its own, as in Electron: what runs before the first await of the main script is before ready.
  const ready = new Promise<void>((resolve, reject) => {
    setImmediate(() => options.prepare().then(resolve, reject));
  });

  const end = (code: number): void => {
    hub.emit('quit', {}, code);
    releaseLock?.();
    options.release().finally(() => process.exit(code));
  };
  const quit = (): void => {
    const before = preventable({});
    hub.emit('before-quit', before);
    if (before.defaultPrevented || quitting) return;
    quitting = true;
    options.destroyWindows();
    const will = preventable({});
    hub.emit('will-quit', will);
    if (will.defaultPrevented) throw new Error('The Electron stand-in cannot hold back a quit in will-quit.');
    end(0);
  };
  // As Electron does on POSIX systems.
  process.on('SIGINT', quit);
  process.on('SIGTERM', quit);

  const app: App = loud<
    App,
    | 'on'
    | 'once'
    | 'quit'
    | 'exit'
    | 'whenReady'
    | 'setPath'
    | 'getPath'
    | 'isPackaged'
    | 'requestSingleInstanceLock'
    | 'setAsDefaultProtocolClient'
  >('app', {
    on: (event: string, listener: unknown) => {
      hub.on(event, listener);
      return app;
    },
    once: (event: string, listener: unknown) => {
      hub.once(event, listener);
      return app;
    },
    quit,
    exit: (code) => {
      quitting = true;
      options.destroyWindows();
      end(code ?? 0);
    },
    whenReady: () => ready,
    setPath: (name, path) => {
      paths.set(name, path);
    },
    getPath: (name) => {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`The Electron stand-in has no path named ${name}.`);
      return path;
    },
    isPackaged: false,
    requestSingleInstanceLock: (data) => {
      releaseLock = takeInstanceLock(app.getPath('userData'), data ?? null, (start) =>
        hub.emit('second-instance', {}, start.commandLine, start.workingFolder, start.data),
      );
      return releaseLock !== null;
    },
    setAsDefaultProtocolClient: () => true,
  });

  return {
    app,
    allWindowsClosed: () => {
      if (quitting) return;
      if (!hub.emit('window-all-closed')) quit();
    },
  };
}
