import type { CoreHost } from './inputs.ts';
import type { OpenCore } from './open-core.ts';

/** The core on the caller's own thread: for the command line and for tests. */
export function createInProcessHost(core: OpenCore): CoreHost {
  let state: ReturnType<CoreHost['state']> = 'running';
  return {
    state: () => state,
    apply: async (inputs, wantsChanges) => {
      if (state === 'stopped') throw new Error('The core has stopped.');
      return core.apply(inputs, wantsChanges);
    },
    stop: async () => {
      if (state === 'stopped') return;
      state = 'stopped';
      core.close();
    },
  };
}
