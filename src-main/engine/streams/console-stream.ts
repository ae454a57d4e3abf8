import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Change, changeSchema, type Pulse, type StreamItem } from '#shared/api/console.ts';
import { liveAlarmCount } from '../alarms/alarm-queries.ts';
import type { SequencedChange } from '../core/inputs.ts';
import type { Reader } from '../store/database.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { ChangeFeed } from './change-feed.ts';
import { followChanges } from './follow-changes.ts';
import { currentSequence } from './sequence-query.ts';
import { snapshot } from './snapshot.ts';

export interface ConsoleStreamOptions {
  readonly feed: ChangeFeed;
  readonly reader: Reader;
  readonly tenantId: string;
  /** Resume after this sequence; a snapshot is given without it, or when it is newer than anything here. */
  readonly afterSequence: number | undefined;
  readonly alarmsMax: number;
  /** Answers the tenant's pulse now and whenever it is due; ends with the signal. */
  readonly pulses: (tenantId: string, signal: AbortSignal) => AsyncIterable<Pulse>;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Everything one console is told: a snapshot or what it missed, then changes and the engine's pulse as they come. */
export async function* consoleStream(options: ConsoleStreamOptions): AsyncGenerator<StreamItem> {
  const { feed, reader, tenantId, afterSequence, alarmsMax, logger } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const now = reader.read(currentSequence);
  let from = afterSequence ?? 0;
  let leftOut = 0;
  try {
    if (afterSequence === undefined || afterSequence > now) {
      yield { kind: 'reset', sequence: now };
      leftOut = Math.max(0, reader.read((unit) => liveAlarmCount(unit, tenantId)) - alarmsMax);
      for (const page of snapshot({ reader, tenantId, sequence: now, alarmsMax }))
        for (const slice of slicesOf(page)) {
          yield { kind: 'changes', sequence: now, changes: toWire(slice, logger) };
          await nextTurn();
        }
      from = now;
    }
    const changes = changesAsItems(
      followChanges({ feed, reader, tenantId, afterSequence: from, signal }),
      leftOut,
      logger,
    );
    const pulses = pulsesAsItems(options.pulses(tenantId, signal));
    yield* interleave(changes, pulses);
  } finally {
    stop.abort();
  }
}

/** Changes as the contract has them. One that does not fit is left out and logged: it must not end the console's stream. */
function toWire(changes: readonly SequencedChange[], logger: Logger): Change[] {
  return changes.flatMap(({ topic, change, json, sequence }) => {
    const parsed = changeSchema.safeParse({ topic, change, data: JSON.parse(json) });
    if (parsed.success) return [parsed.data];
    logger.error('toWire', 'A stored object does not fit the contract and is not shown.', {
      topic,
      sequence,
      error_message: parsed.error.message,
    });
    return [];
  });
}

async function* changesAsItems(
  followed: ReturnType<typeof followChanges>,
  leftOut: number,
  logger: Logger,
): AsyncGenerator<StreamItem> {
  for await (const item of followed) {
    if (item.kind === 'caught-up') yield { kind: 'synchronized', sequence: item.sequence, alarms_left_out: leftOut };
    else
      for (const slice of slicesOf(item.changes)) {
        yield { kind: 'changes', sequence: slice.at(-1)?.sequence ?? 0, changes: toWire(slice, logger) };
        if (item.changes.length > slice.length) await nextTurn();
      }
  }
}

/** Changes that are checked and sent before others get their turn on this thread: some milliseconds' worth. */
const sliceSize = 100;

function* slicesOf(changes: readonly SequencedChange[]): Generator<readonly SequencedChange[]> {
  for (let start = 0; start < changes.length; start += sliceSize) yield changes.slice(start, start + sliceSize);
}

async function* pulsesAsItems(pulses: AsyncIterable<Pulse>): AsyncGenerator<StreamItem> {
  for await (const pulse of pulses) yield { kind: 'pulse', pulse };
}

/** Gives the items of two generators as they come, and ends both when either ends or nobody listens any more. */
async function* interleave<T>(left: AsyncGenerator<T>, right: AsyncGenerator<T>): AsyncGenerator<T> {
  const next = (source: AsyncGenerator<T>) => source.next().then((result) => ({ source, result }));
  const due = new Map([
    [left, next(left)],
    [right, next(right)],
  ]);
  try {
    while (due.size > 0) {
      const { source, result } = await Promise.race(due.values());
      if (result.done) return;
      due.set(source, next(source));
      yield result.value;
    }
  } finally {
    await Promise.all(
      [left.return(undefined), right.return(undefined)].map((ended) => Promise.race([ended, nextTurn()])),
    );
  }
}
