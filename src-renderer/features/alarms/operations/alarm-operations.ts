import { createStore, type StoreApi } from 'zustand';
import { describeError } from '#renderer/console-api/call-error.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import type { ConsoleClient } from '#shared/api/contract.ts';
import { type Notice, noticeOf, type OperationAnswer, type Refusal } from './notices.ts';
import { type AlarmPatch, type OperationRequest, patchOf, showsPatch, toBulkInput } from './patches.ts';

/** A notice on the screen. */
export interface PostedNotice extends Notice {
  readonly id: number;
}

export interface OperationsState {
  /** Changes that are shown though the stream has not brought them yet. */
  readonly patches: ReadonlyMap<string, AlarmPatch>;
  /** Alarms whose operation the engine has not answered. */
  readonly waiting: ReadonlySet<string>;
  /** Alarms that this window operated on. */
  readonly operated: ReadonlySet<string>;
  readonly notices: readonly PostedNotice[];
}

/** Operations on alarms: shown at once, undoable, plain about refusals. */
export interface AlarmOperations {
  readonly store: StoreApi<OperationsState>;
  /** Shows the change, asks the engine, and posts a notice of what came of it. Never rejects. */
  run(request: OperationRequest, alarmIds: readonly string[]): Promise<void>;
  /** Takes back what a notice tells of. */
  undo(notice: PostedNotice): Promise<void>;
  dismiss(noticeId: number): void;
  /** Drops shown changes that the live alarms carry by now. */
  reconcile(live: ReadonlyMap<string, Alarm>): void;
}

export interface OperationPorts {
  readonly client: { readonly alarms: Pick<ConsoleClient['alarms'], 'bulk'> };
  readonly operator: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly after: (milliseconds: number, callback: () => void) => void;
}

/** How many alarms go into one call. */
export const chunkSize = 5_000;
/** How long a notice of success stands and can be undone, in milliseconds. */
export const undoMilliseconds = 10_000;
/** How long a change is shown on the engine's word alone, before the stream brings it, in milliseconds. */
export const graceMilliseconds = 3_000;

/** Starts with nothing shown and nothing asked. */
export function createAlarmOperations(ports: OperationPorts): AlarmOperations {
  const store = createStore<OperationsState>(() => ({
    patches: new Map(),
    waiting: new Set(),
    operated: new Set(),
    notices: [],
  }));
  let nextNotice = 1;

  /** Drops patches; with `only`, where no later operation has put another. */
  function dropPatches(alarmIds: Iterable<string>, only?: AlarmPatch): void {
    const patches = new Map(store.getState().patches);
    for (const alarmId of alarmIds) {
      if (only === undefined || patches.get(alarmId) === only) patches.delete(alarmId);
    }
    store.setState({ patches });
  }

  function post(notice: Notice): void {
    const id = nextNotice++;
    const refusals = store.getState().notices.filter((one) => one.tone === 'refused');
    store.setState({ notices: [...refusals.slice(-2), { ...notice, id }] });
    if (notice.tone === 'done') ports.after(undoMilliseconds, () => dismiss(id));
  }

  function dismiss(noticeId: number): void {
    store.setState({ notices: store.getState().notices.filter((one) => one.id !== noticeId) });
  }

  async function ask(request: OperationRequest, alarmIds: readonly string[]): Promise<OperationAnswer> {
    const done: string[] = [];
    const refused: Refusal[] = [];
    for (let start = 0; start < alarmIds.length; start += chunkSize) {
      try {
        const answer = await ports.client.alarms.bulk(toBulkInput(request, alarmIds.slice(start, start + chunkSize)));
        done.push(...answer.done);
        refused.push(...answer.refused.map(({ alarm_id, message }) => ({ alarmId: alarm_id, message })));
      } catch (error) {
        const { title, detail } = describeError(error);
        return { done, refused, failure: `${title}: ${detail}` };
      }
    }
    return { done, refused, failure: null };
  }

  async function run(request: OperationRequest, alarmIds: readonly string[]): Promise<void> {
    if (alarmIds.length === 0) return;
    const patch = patchOf(request, ports.operator(), ports.now());
    const before = store.getState();
    store.setState({
      patches: new Map([...before.patches, ...alarmIds.map((alarmId) => [alarmId, patch] as const)]),
      waiting: new Set([...before.waiting, ...alarmIds]),
      operated: new Set([...before.operated, ...alarmIds]),
    });
    const answer = await ask(request, alarmIds);
    const done = new Set(answer.done);
    const waiting = new Set(store.getState().waiting);
    for (const alarmId of alarmIds) waiting.delete(alarmId);
    store.setState({ waiting });
    dropPatches(
      alarmIds.filter((alarmId) => !done.has(alarmId)),
      patch,
    );
    ports.after(graceMilliseconds, () => dropPatches(done, patch));
    post(noticeOf(request, alarmIds.length, answer));
  }

  return {
    store,
    run,
    dismiss,
    async undo(notice) {
      if (notice.undo === null) return;
      dismiss(notice.id);
      await run(notice.undo.request, notice.undo.alarmIds);
    },
    reconcile(live) {
      const { patches, waiting } = store.getState();
      const arrived = [...patches].filter(([alarmId, patch]) => {
        const alarm = live.get(alarmId);
        return !waiting.has(alarmId) && (alarm === undefined || showsPatch(alarm, patch));
      });
      if (arrived.length > 0) dropPatches(arrived.map(([alarmId]) => alarmId));
    },
  };
}
