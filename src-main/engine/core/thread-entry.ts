/** Entry of the core's worker thread: wires the message port to the core, nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { createLiveCorrelator } from '../correlation/live-correlator.ts';
import { createLogger } from '../telemetry/logger.ts';
import { type OpenCore, openCore } from './open-core.ts';
import { type FromThread, serialiseError, type ThreadData, type ToThread } from './thread-messages.ts';

if (parentPort === null) throw new Error('The core thread must be started as a worker thread.');
const port = parentPort;
const answer = (message: FromThread) => port.postMessage(message);

const { settings, logLevel }: ThreadData = workerData;
const logger = createLogger((line) => answer({ kind: 'log', line }), logLevel, Date.now);

let core: OpenCore;
try {
  core = openCore(settings, logger, Date.now, createLiveCorrelator);
  port.on('message', (message: ToThread) => {
    if (message.kind === 'close') {
      core.close();
      answer({ kind: 'closed' });
      port.close();
      return;
    }
    try {
      answer({ kind: 'answer', number: message.number, answer: core.apply(message.inputs, message.wantsChanges) });
    } catch (error) {
      answer({ kind: 'failed', number: message.number, error: serialiseError(error) });
    }
  });
  answer({ kind: 'opened' });
} catch (error) {
  answer({ kind: 'could-not-open', error: serialiseError(error) });
  port.close();
}
