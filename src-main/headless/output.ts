import { pino } from 'pino';

/** Writes one line of the result on stdout. Waits while the reader is slow. */
export async function printLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`))
    await new Promise<void>((resolve) => process.stdout.once('drain', () => resolve()));
}

/** A log sink on stderr that gathers lines, so that logging does not hold up the engine. */
export interface BufferedLog {
  readonly sink: (line: string) => void;
  /** Writes what is gathered; to be called before the process ends. Gives up when nobody reads any more. */
  flush(): Promise<void>;
}

const flushMilliseconds = 200;
const flushLimitMilliseconds = 1_000;
/** Characters gathered before they are handed on. */
const gatheredMax = 32_768;

export function bufferedLog(): BufferedLog {
  const destination = pino.destination({ dest: 2, sync: false });
  // Whoever read the log is gone; that is no reason to end the engine.
  destination.on('error', () => undefined);
  let gathered = '';
  let timer: NodeJS.Timeout | null = null;
  const handOn = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (gathered !== '') destination.write(gathered);
    gathered = '';
  };
  return {
    sink: (line) => {
      gathered += `${line}\n`;
      if (gathered.length >= gatheredMax) handOn();
      else timer ??= setTimeout(handOn, flushMilliseconds);
    },
    flush: () =>
      new Promise((resolve) => {
        handOn();
        const giveUp = setTimeout(resolve, flushLimitMilliseconds);
        destination.once('error', () => resolve());
        destination.flush(() => {
          clearTimeout(giveUp);
          resolve();
        });
      }),
  };
}
