/** Entry of the thread that writes and judges measurements: wires the message port to its core, nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { serialiseError } from '../core/thread-messages.ts';
import { createLogger } from '../telemetry/logger.ts';
import { type KpiCore, openKpiCore } from './kpi-core.ts';
import type { FromKpiThread, KpiThreadData, ToKpiThread } from './kpi-messages.ts';

if (parentPort === null) throw new Error('The thread of measurements must be started as a worker thread.');
const port = parentPort;
const tell = (message: FromKpiThread) => port.postMessage(message);

const { settings, logLevel }: KpiThreadData = workerData;
const logger = createLogger((line) => tell({ kind: 'log', line }), logLevel, Date.now).child('kpi');
/** How long working goes on before messages get their turn. */
const turnMilliseconds = 20;
const idleMilliseconds = 60_000;

function serve(core: KpiCore): void {
  let isWorking = false;
  const work = (): void => {
    const until = performance.now() + turnMilliseconds;
    let isMore = true;
    while (isMore && performance.now() < until) isMore = core.work();
    tell({ kind: 'progress', waiting: core.waiting() });
    isWorking = isMore;
    if (isMore) setImmediate(work);
  };
  const wake = (): void => {
    if (isWorking) return;
    isWorking = true;
    setImmediate(work);
  };
  const idle = setInterval(wake, idleMilliseconds);
  wake();
  port.on('message', (message: ToKpiThread) => {
    if (message.kind === 'close') {
      clearInterval(idle);
      core.close();
      port.close();
      return;
    }
    const { number, tenantId, body } = message;
    try {
      const answer = core.ingest(tenantId, body);
      tell({ kind: 'answer', number, answer, waiting: core.waiting() });
    } catch (error) {
      tell({ kind: 'failed', number, error: serialiseError(error) });
    }
    wake();
  });
}

try {
  const core = openKpiCore(settings, logger, Date.now, (event) => tell({ kind: 'sleeping-cell', event }));
  tell({ kind: 'opened' });
  serve(core);
} catch (error) {
  tell({ kind: 'could-not-open', error: serialiseError(error) });
  port.close();
}
