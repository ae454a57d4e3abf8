/** Entry of the core's worker thread: wires the message port to the core and its loop, nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { createLiveCorrelator } from '../correlation/live-correlator.ts';
import { createLogger } from '../telemetry/logger.ts';
import { type CoreLoop, createCoreLoop } from './core-loop.ts';
import { type OpenCore, openCore } from './open-core.ts';
import { type FromThread, serialiseError, type ThreadData, type ToThread } from './thread-messages.ts';

if (parentPort === null) throw new Error('The core thread must be started as a worker thread.');
const port = parentPort;
const tell = (message: FromThread) => port.postMessage(message);

const { settings, logLevel }: ThreadData = workerData;
const logger = createLogger((line) => tell({ kind: 'log', line }), logLevel, Date.now);

let isListening = false;

function follow(message: ToThread, core: OpenCore, loop: CoreLoop): void {
  switch (message.kind) {
    case 'batch': {
      const { number, inputs } = message;
      loop.apply(inputs, {
        answer: (answer) => tell({ kind: 'answer', number, answer }),
        fail: (error) => tell({ kind: 'failed', number, error: serialiseError(error) }),
      });
      break;
    }
    case 'listen':
      isListening = message.isWanted;
      break;
    case 'hurry':
      loop.hurry(message.position);
      break;
    case 'settle':
      loop.settle();
      tell({ kind: 'settled', number: message.number });
      break;
    case 'close':
      loop.finish();
      core.close();
      tell({ kind: 'closed' });
      port.close();
  }
}

try {
  const core = openCore(settings, logger, Date.now, createLiveCorrelator, {
    isWanted: () => isListening,
    publish: (changes) => tell({ kind: 'changes', changes }),
  });
  const loop = createCoreLoop({
    core,
    logger: logger.child('core'),
    onProgress: (progress) => tell({ kind: 'progress', progress }),
  });
  port.on('message', (message: ToThread) => follow(message, core, loop));
  tell({ kind: 'opened', progress: core.progress() });
} catch (error) {
  tell({ kind: 'could-not-open', error: serialiseError(error) });
  port.close();
}
