import type { BatchAnswer, CoreHost, CoreInput, CoreResult } from '#engine/core/inputs.ts';

/** A writer that answers only when it is told to, so that a test decides what is in flight. */
export interface HeldHost extends CoreHost {
  /** Batches that were given and not answered yet, oldest first. */
  readonly held: readonly (readonly CoreInput[])[];
  /** Every batch that was given, in order. */
  readonly given: readonly (readonly CoreInput[])[];
  /** Resolves when so many batches have been given. */
  whenGiven(count: number): Promise<void>;
  /** Answers the oldest batch that waits: every report is accepted. */
  answer(): void;
  /** Answers from now on at once. */
  release(): void;
  /** Fails the oldest batch that waits. */
  fail(error: Error): void;
  /** What `state` answers from now on. */
  become(state: ReturnType<CoreHost['state']>): void;
}

interface Held {
  readonly inputs: readonly CoreInput[];
  readonly resolve: (answer: BatchAnswer) => void;
  readonly reject: (error: Error) => void;
}

const resultOf = (input: CoreInput): CoreResult =>
  input.kind === 'report' ? { kind: 'accepted', eventId: input.entryId } : { kind: 'noted' };

const answerTo = ({ inputs, resolve }: Held) => resolve({ results: inputs.map(resultOf), head: 0 });

export function heldHost(): HeldHost {
  const held: Held[] = [];
  const given: (readonly CoreInput[])[] = [];
  const watchers: { readonly count: number; readonly resolve: () => void }[] = [];
  let state: ReturnType<CoreHost['state']> = 'running';
  let isReleased = false;
  const oldest = () => {
    const first = held.shift();
    if (first === undefined) throw new Error('No batch waits for its answer.');
    return first;
  };
  return {
    get held() {
      return held.map(({ inputs }) => inputs);
    },
    given,
    state: () => state,
    become: (next) => {
      state = next;
    },
    whenGiven: (count) =>
      new Promise((resolve) => {
        if (given.length >= count) resolve();
        else watchers.push({ count, resolve });
      }),
    apply: (inputs) =>
      new Promise((resolve, reject) => {
        given.push(inputs);
        if (isReleased) answerTo({ inputs, resolve, reject });
        else held.push({ inputs, resolve, reject });
        for (const watcher of watchers) if (given.length >= watcher.count) watcher.resolve();
      }),
    answer: () => answerTo(oldest()),
    release: () => {
      isReleased = true;
      for (const batch of held.splice(0)) answerTo(batch);
    },
    fail: (error) => oldest().reject(error),
    progress: () => ({ head: 0, position: 0 }),
    workedIn: () => null,
    settle: async () => undefined,
    stop: async () => {
      state = 'stopped';
    },
  };
}
