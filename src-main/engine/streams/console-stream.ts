import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Change, changeSchema, type Pulse, type StreamItem } from '#shared/api/console.ts';
import { liveAlarmCount } from '../alarms/alarm-queries.ts';
import type { SequencedChange } from '../core/inputs.ts';
import type { Reader } from '../store/database.ts';
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
}

/** Everything one console is told: a snapshot or what it missed, then changes and the engine's pulse as they come. */
export async function* consoleStream(options: ConsoleStreamOptions): AsyncGenerator<StreamItem> {
  const { feed, reader, tenantId, afterSequence, alarmsMax } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const now = reader.read(currentSequence);
  let from = afterSequence ?? 0;
  let leftOut = 0;
  try {
    if (afterSequence === undefined || afterSequence > now) {
      yield { kind: 'reset', sequence: now };
      leftOut = Math.max(0, reader.read((unit) => liveAlarmCount(unit, tenantId)) - alarmsMax);
      for (const page of snapshot({ reader, tenantId, sequence: now, alarmsMax })) {
        yield { kind: 'changes', sequence: now, changes: page.map(toWire) };
        await nextTurn();
      }
      from = now;
    }
    const changes = changesAsItems(followChanges({ feed, reader, tenantId, afterSequence: from, signal }), leftOut);
    const pulses = pulsesAsItems(options.pulses(tenantId, signal));
    yield* interleave(changes, pulses);
  } finally {
    stop.abort();
  }
}

function toWire({ topic, change, json }: SequencedChange): Change {
  return changeSchema.parse({ topic, change, data: JSON.parse(json) });
}

async function* changesAsItems(
  followed: ReturnType<typeof followChanges>,
  leftOut: number,
): AsyncGenerator<StreamItem> {
  for await (const item of followed) {
    if (item.kind === 'caught-up') yield { kind: 'synchronized', sequence: item.sequence, alarms_left_out: leftOut };
    else
      yield {
        kind: 'changes',
        sequence: item.changes.at(-1)?.sequence ?? 0,
        changes: item.changes.map(toWire),
      };
  }
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
