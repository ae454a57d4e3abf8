import type { Logger } from '../telemetry/logger.ts';
import { createCoreLoop } from './core-loop.ts';
import type { CoreHost } from './inputs.ts';
import type { OpenCore } from './open-core.ts';
import { createProgressBoard } from './progress-board.ts';

/** The core on the caller's own thread: for the command line and for tests. */
export function createInProcessHost(core: OpenCore, logger: Logger): CoreHost {
  let state: ReturnType<CoreHost['state']> = 'running';
  const board = createProgressBoard(core.progress());
  const loop = createCoreLoop({ core, logger: logger.child('core'), onProgress: board.reached });
  return {
    state: () => state,
    progress: board.progress,
    workedIn(milliseconds) {
      const waiting = board.workedIn(milliseconds);
      if (waiting !== null) loop.hurry(board.progress().head);
      return waiting;
    },
    apply: (inputs) =>
      new Promise((resolve, reject) => {
        if (state === 'stopped') return reject(new Error('The core has stopped.'));
        loop.apply(inputs, {
          answer: (answer) => {
            board.acknowledged(answer.head);
            resolve(answer);
          },
          fail: reject,
        });
      }),
    settle: async () => loop.settle(),
    stop: async () => {
      if (state === 'stopped') return;
      state = 'stopped';
      loop.finish();
      board.release();
      core.close();
    },
  };
}
