import { describe, expect, test } from 'vitest';
import { createAlarmOperations, undoMilliseconds } from '#renderer/features/alarms/operations/alarm-operations.ts';
import type { BulkInput } from '#shared/api/alarms.ts';
import { alarmWith, sampleNow } from './alarm-samples.ts';

interface Answer {
  readonly done: string[];
  readonly refused: { alarm_id: string; code: string; message: string }[];
}

/** Operations against an engine that answers when the test lets it. */
function setUp() {
  const asked: BulkInput[] = [];
  const answers: PromiseWithResolvers<Answer>[] = [];
  const timers: { milliseconds: number; callback: () => void }[] = [];
  const operations = createAlarmOperations({
    client: {
      alarms: {
        bulk: (input) => {
          asked.push(input);
          const answer = Promise.withResolvers<Answer>();
          answers.push(answer);
          return answer.promise;
        },
      },
    },
    operator: () => 'Ines',
    now: () => sampleNow,
    after: (milliseconds, callback) => timers.push({ milliseconds, callback }),
  });
  return { operations, asked, answers, timers, state: () => operations.store.getState() };
}

const refusal = { alarm_id: 'b', code: 'CONFLICT', message: 'The alarm is cleared.' };

describe('an operation on alarms', () => {
  test('shows before the engine answered, and stays until the stream brings it', async () => {
    const { operations, answers, state } = setUp();
    const running = operations.run({ operation: 'ack' }, ['a']);
    expect(state().patches.get('a')).toEqual({ ack_state: 'acked', acked_by: 'Ines' });
    expect([...state().waiting]).toEqual(['a']);
    answers[0]?.resolve({ done: ['a'], refused: [] });
    await running;
    operations.reconcile(new Map([['a', alarmWith({ alarm_id: 'a' })]]));
    expect(state().patches.has('a')).toBe(true);
    operations.reconcile(new Map([['a', alarmWith({ alarm_id: 'a', ack_state: 'acked' })]]));
    expect(state().patches.has('a')).toBe(false);
  });

  test('takes back what was refused, and says which and why', async () => {
    const { operations, answers, state } = setUp();
    const running = operations.run({ operation: 'ack' }, ['a', 'b']);
    answers[0]?.resolve({ done: ['a'], refused: [refusal] });
    await running;
    expect([...state().patches.keys()]).toEqual(['a']);
    expect(state().notices).toMatchObject([
      {
        tone: 'refused',
        text: '1 of 2 alarms were not acknowledged',
        refusals: [{ alarmId: 'b', message: 'The alarm is cleared.' }],
        undo: { request: { operation: 'unack' }, alarmIds: ['a'] },
      },
    ]);
  });

  test('takes everything back when the engine is gone', async () => {
    const { operations, answers, state } = setUp();
    const running = operations.run({ operation: 'shelve', minutes: 30, reason: 'works' }, ['a']);
    expect(state().patches.get('a')?.shelved_until).toBe('2026-11-22T02:40:00.000Z');
    answers[0]?.reject(new Error('connect ECONNREFUSED'));
    await running;
    expect(state().patches.size).toBe(0);
    expect(state().waiting.size).toBe(0);
    expect(state().notices[0]?.text).toBe('The alarm was not shelved');
    expect(state().notices[0]?.detail).toContain('ECONNREFUSED');
  });

  test('can be undone while its notice stands', async () => {
    const { operations, asked, answers, timers, state } = setUp();
    const running = operations.run({ operation: 'ack' }, ['a']);
    answers[0]?.resolve({ done: ['a'], refused: [] });
    await running;
    const [notice] = state().notices;
    expect(notice).toBeDefined();
    if (notice !== undefined) void operations.undo(notice);
    expect(asked[1]).toEqual({ operation: 'unack', alarm_ids: ['a'] });
    expect(state().patches.get('a')).toEqual({ ack_state: 'unacked', acked_by: null });
    expect(timers.map((one) => one.milliseconds)).toContain(undoMilliseconds);
  });

  test('a notice of success goes by itself, a refusal stays until dismissed', async () => {
    const { operations, answers, timers, state } = setUp();
    const first = operations.run({ operation: 'ack' }, ['b']);
    answers[0]?.resolve({ done: [], refused: [refusal] });
    await first;
    const second = operations.run({ operation: 'ack' }, ['a']);
    answers[1]?.resolve({ done: ['a'], refused: [] });
    await second;
    for (const timer of timers) timer.callback();
    expect(state().notices.map((one) => one.tone)).toEqual(['refused']);
    operations.dismiss(state().notices[0]?.id ?? -1);
    expect(state().notices).toEqual([]);
  });

  test('asks in portions that the engine takes', async () => {
    const { operations, asked, answers, state } = setUp();
    const ids = Array.from({ length: 12_000 }, (_, index) => `a${index}`);
    const running = operations.run({ operation: 'ack' }, ids);
    for (let call = 0; call < 3; call += 1) {
      expect(asked).toHaveLength(call + 1);
      answers[call]?.resolve({ done: [...(asked[call]?.alarm_ids ?? [])], refused: [] });
      await Promise.resolve();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await running;
    expect(asked.flatMap((one) => one.alarm_ids)).toEqual(ids);
    expect(state().notices[0]?.text).toBe('Acknowledged 12,000 alarms');
  });
});
