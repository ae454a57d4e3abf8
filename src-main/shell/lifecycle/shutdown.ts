import type { App } from 'electron';

export interface ShutdownOptions {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>;
  /** Finishes what was accepted and releases everything. Called once. */
  readonly drain: () => Promise<void>;
  /** How long draining may take, milliseconds. */
  readonly limitMilliseconds: number;
  /** Told when draining begins, to show it. */
  readonly onDraining: () => void;
  /** Told in one line why draining ended badly; the process then exits with 1. */
  readonly onFailed: (reason: string) => void;
}

/**
 * Holds back the first quit until the engine is drained, then quits for good (exit 0).
 * When draining fails or takes longer than the limit, says so and exits with 1: what was acknowledged is on disk already.
 */
export function drainBeforeQuit(options: ShutdownOptions): void {
  let phase: 'running' | 'draining' | 'drained' = 'running';
  options.app.on('before-quit', (event) => {
    if (phase === 'drained') return;
    event.preventDefault();
    if (phase === 'draining') return;
    phase = 'draining';
    options.onDraining();
    withinLimit(options.drain(), options.limitMilliseconds).then(
      () => {
        phase = 'drained';
        options.app.quit();
      },
      (error: unknown) => {
        options.onFailed(error instanceof Error ? error.message : String(error));
        options.app.exit(1);
      },
    );
  });
}

function withinLimit(work: Promise<void>, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The engine did not stop within ${milliseconds / 1000} s.`)),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
