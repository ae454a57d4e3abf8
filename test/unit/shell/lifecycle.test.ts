import { describe, expect, it, vi } from 'vitest';
import { handleCrashes } from '#shell/lifecycle/crash-handler.ts';
import { recoverPage } from '#shell/lifecycle/page-recovery.ts';
import { drainBeforeQuit } from '#shell/lifecycle/shutdown.ts';
import { takeSingleInstanceLock } from '#shell/lifecycle/single-instance.ts';
import { preventableEvent, recordedListeners } from './electron-parts.ts';

describe('drainBeforeQuit', () => {
  const setUp = (drain: () => Promise<void>, limitMilliseconds: number) => {
    const listeners = recordedListeners();
    const quit = vi.fn();
    const said: string[] = [];
    const exited = new Promise<number | undefined>((resolve) => {
      drainBeforeQuit({
        app: { on: listeners.on, quit, exit: resolve },
        drain,
        limitMilliseconds,
        onDraining: () => said.push('draining'),
        onFailed: (reason) => said.push(reason),
      });
    });
    const beforeQuit = (): boolean => {
      const event = preventableEvent({});
      listeners.emit('before-quit', event);
      return event.wasPrevented();
    };
    return { quit, said, exited, beforeQuit };
  };

  it('holds the quit back until the engine is drained, once, then lets it go', async () => {
    const drained = Promise.withResolvers<void>();
    const drain = vi.fn(() => drained.promise);
    const shell = setUp(drain, 60_000);
    expect(shell.beforeQuit()).toBe(true);
    expect(shell.beforeQuit()).toBe(true);
    expect(shell.quit).not.toHaveBeenCalled();
    drained.resolve();
    await vi.waitFor(() => expect(shell.quit).toHaveBeenCalledOnce());
    expect(drain).toHaveBeenCalledOnce();
    expect(shell.said).toEqual(['draining']);
    expect(shell.beforeQuit()).toBe(false);
  });

  it('exits with 1 and says why when draining takes too long', async () => {
    const shell = setUp(() => new Promise(() => undefined), 20);
    shell.beforeQuit();
    expect(await shell.exited).toBe(1);
    expect(shell.said).toEqual(['draining', 'The engine did not stop within 0.02 s.']);
  });

  it('exits with 1 and says why when draining fails', async () => {
    const shell = setUp(() => Promise.reject(new Error('The disk is full.')), 60_000);
    shell.beforeQuit();
    expect(await shell.exited).toBe(1);
    expect(shell.said).toEqual(['draining', 'The disk is full.']);
  });
});

describe('takeSingleInstanceLock', () => {
  it('hears of a second start and the path it wants', () => {
    const listeners = recordedListeners();
    const paths: (string | null)[] = [];
    const app = { on: listeners.on, requestSingleInstanceLock: () => true };
    expect(takeSingleInstanceLock(app, null, (path) => paths.push(path))).toBe(true);
    listeners.emit('second-instance', {}, [], '/', { open_path: '/incidents/7' });
    listeners.emit('second-instance', {}, [], '/', { open_path: '//evil.example' });
    listeners.emit('second-instance', {}, [], '/', 'nonsense');
    expect(paths).toEqual(['/incidents/7', null, null]);
  });

  it('hands its own path to the holder and reports that it is second', () => {
    const requestSingleInstanceLock = vi.fn(() => false);
    const listeners = recordedListeners();
    expect(takeSingleInstanceLock({ on: listeners.on, requestSingleInstanceLock }, '/alarms', () => undefined)).toBe(
      false,
    );
    expect(requestSingleInstanceLock).toHaveBeenCalledWith({ open_path: '/alarms' });
    expect(listeners.events()).toEqual([]);
  });
});

describe('handleCrashes', () => {
  it('records, tells and ends, once, for whatever was thrown', () => {
    const listeners = recordedListeners();
    const order: string[] = [];
    handleCrashes({
      process: { on: listeners.on },
      app: { exit: (code) => order.push(`exit ${code}`) },
      dialog: { showErrorBox: (_title, content) => order.push(content) },
      record: (error) => order.push(`record ${error.message}`),
      logFolder: '/data/logs',
    });
    listeners.emit('unhandledRejection', 'plain text');
    listeners.emit('uncaughtException', new Error('second'));
    expect(order[0]).toBe('record plain text');
    expect(order[1]).toContain('/data/logs');
    expect(order.slice(2)).toEqual(['exit 1']);
  });
});

describe('recoverPage', () => {
  const setUp = () => {
    const listeners = recordedListeners();
    const reload = vi.fn();
    const hopeless = vi.fn();
    let now = 0;
    recoverPage({
      contents: { on: listeners.on, reload },
      clock: () => now,
      onGone: () => undefined,
      onHopeless: hopeless,
    });
    const die = (at: number, reason: string): void => {
      now = at;
      listeners.emit('render-process-gone', {}, { reason, exitCode: 1 });
    };
    return { reload, hopeless, die };
  };

  it('loads a dead page again, but not when it dies twice within a minute', () => {
    const page = setUp();
    page.die(0, 'crashed');
    page.die(60_000, 'oom');
    expect(page.reload).toHaveBeenCalledTimes(2);
    expect(page.hopeless).not.toHaveBeenCalled();
    page.die(119_999, 'crashed');
    expect(page.reload).toHaveBeenCalledTimes(2);
    expect(page.hopeless).toHaveBeenCalledOnce();
  });

  it('leaves a page alone that ended by itself', () => {
    const page = setUp();
    page.die(0, 'clean-exit');
    expect(page.reload).not.toHaveBeenCalled();
  });
});
