import { describe, expect, it } from 'vitest';
import { type AlarmRow, applyOperation, applyReport, isLive, isShelved } from '#engine/alarms/alarm-rules.ts';
import type { AlarmIngested } from '#shared/events/events.ts';
import { at, ingested, start } from '#test/support/engine/reports.ts';

const now = start + 3_600_000;
const second = (seconds: number) => start + seconds * 1_000;

function apply(existing: AlarmRow | null, fields: Partial<AlarmIngested>) {
  return applyReport(existing, ingested(fields), { alarmId: 'a-1', now });
}

function alarmAfter(...reports: Partial<AlarmIngested>[]): AlarmRow {
  const alarm = reports.reduce<AlarmRow | null>((existing, fields) => apply(existing, fields).alarm, null);
  if (alarm === null) throw new Error('No report was given.');
  return alarm;
}

const raise = (seconds: number, fields: Partial<AlarmIngested> = {}) => ({ raised_at: at(seconds), ...fields });
const clear = (seconds: number) => ({ raised_at: at(seconds), severity: 'cleared' as const });

describe('a raise', () => {
  it('founds an alarm of everything that was reported', () => {
    const { alarm, outcome, transitions } = apply(null, {
      raised_at: at(10),
      severity: 'minor',
      specific_problem: 'port 3',
      probable_cause: 'lossOfSignal',
      text: 'LOS',
    });
    expect(outcome).toBe('new');
    expect(transitions).toEqual(['raised']);
    expect(alarm).toMatchObject({
      alarmId: 'a-1',
      tenantId: 'acme',
      entityId: 'ROUTER-1',
      alarmType: 'LINK_DOWN',
      specificProblem: 'port 3',
      probableCause: 'lossOfSignal',
      severity: 'minor',
      isCleared: false,
      isAcked: false,
      raisedAt: second(10),
      lastRaisedAt: second(10),
      clearedAt: null,
      repeatCount: 0,
      text: 'LOS',
    });
  });

  it('that changes nothing is counted, and is not a new alarm', () => {
    const { alarm, outcome, transitions } = apply(alarmAfter(raise(0)), raise(5));
    expect(outcome).toBe('repeated');
    expect(transitions).toEqual(['repeated']);
    expect(alarm).toMatchObject({ repeatCount: 1, raisedAt: second(0), lastRaisedAt: second(5) });
  });

  it('with another severity or text changes the same alarm', () => {
    const { alarm, outcome } = apply(alarmAfter(raise(0)), raise(5, { severity: 'critical', text: 'worse' }));
    expect(outcome).toBe('changed');
    expect(alarm).toMatchObject({ alarmId: 'a-1', severity: 'critical', text: 'worse', repeatCount: 1 });
  });

  it('older than the last one is counted, but does not bring the older severity back', () => {
    const { alarm, outcome } = apply(alarmAfter(raise(5, { severity: 'critical' })), raise(0, { severity: 'minor' }));
    expect(outcome).toBe('stale');
    expect(alarm).toMatchObject({ severity: 'critical', repeatCount: 1, raisedAt: second(0), lastRaisedAt: second(5) });
  });

  it('after the clear raises the alarm anew, unacknowledged and with its own beginning', () => {
    const acked: AlarmRow = { ...alarmAfter(raise(0), raise(1), clear(10)), isAcked: true, ackedBy: 'ana' };
    const { alarm, outcome, transitions } = apply(acked, raise(20));
    expect(outcome).toBe('new');
    expect(transitions).toEqual(['raised']);
    expect(alarm).toMatchObject({
      alarmId: 'a-1',
      isCleared: false,
      isAcked: false,
      ackedBy: null,
      raisedAt: second(20),
      clearedAt: null,
      repeatCount: 0,
    });
  });

  it('older than the clear does not raise the alarm again', () => {
    const { alarm, outcome, transitions } = apply(alarmAfter(raise(0), clear(10)), raise(5, { severity: 'critical' }));
    expect(outcome).toBe('stale');
    expect(transitions).toEqual([]);
    expect(alarm).toMatchObject({ isCleared: true, clearedAt: second(10), severity: 'critical', repeatCount: 1 });
  });

  it('older than an acknowledged, cleared occurrence leaves it acknowledged', () => {
    const acked: AlarmRow = { ...alarmAfter(raise(0), clear(10)), isAcked: true, ackedBy: 'ana' };
    expect(apply(acked, raise(5)).alarm).toMatchObject({ isAcked: true, ackedBy: 'ana' });
  });
});

describe('a clear', () => {
  it('ends the alarm and keeps its last severity', () => {
    const { alarm, outcome, transitions } = apply(alarmAfter(raise(0, { severity: 'critical' })), clear(10));
    expect(outcome).toBe('cleared');
    expect(transitions).toEqual(['cleared']);
    expect(alarm).toMatchObject({ isCleared: true, clearedAt: second(10), severity: 'critical', isAcked: false });
  });

  it('older than the last raise does not clear', () => {
    const { alarm, outcome, transitions } = apply(alarmAfter(raise(0), raise(20)), clear(10));
    expect(outcome).toBe('stale');
    expect(transitions).toEqual([]);
    expect(alarm).toMatchObject({ isCleared: false, clearedAt: null });
  });

  it('of something unknown is remembered, but stands in no list', () => {
    const { alarm, outcome, transitions } = apply(null, clear(10));
    expect(outcome).toBe('cleared');
    expect(transitions).toEqual([]);
    expect(alarm).toMatchObject({ isCleared: true, clearedAt: second(10) });
    expect(isLive(alarm)).toBe(false);
  });

  it('that comes before its raise does not let the raise stand, nor hides that there was one', () => {
    const { alarm, outcome } = apply(alarmAfter(clear(10)), raise(5, { severity: 'critical', text: 'LOS' }));
    expect(outcome).toBe('stale');
    expect(alarm).toMatchObject({
      isCleared: true,
      isAcked: false,
      severity: 'critical',
      text: 'LOS',
      raisedAt: second(5),
      lastRaisedAt: second(5),
    });
  });

  it('that is later than the one before still holds against a raise between them that arrives last', () => {
    expect(alarmAfter(raise(0), clear(10), clear(30), raise(20))).toMatchObject({
      isCleared: true,
      clearedAt: second(30),
    });
  });

  it('of the same instant as the raise applies in the order of arrival', () => {
    expect(alarmAfter(raise(10), clear(10)).isCleared).toBe(true);
    expect(alarmAfter(clear(10), raise(10)).isCleared).toBe(false);
  });

  it('may tell its time in cleared_at', () => {
    const alarm = alarmAfter(raise(0), { raised_at: at(0), severity: 'cleared', cleared_at: at(30) });
    expect(alarm.clearedAt).toBe(second(30));
  });
});

describe('a raise with its end', () => {
  it('founds a cleared alarm that was raised', () => {
    const { alarm, outcome, transitions } = apply(null, raise(0, { cleared_at: at(30) }));
    expect(outcome).toBe('new');
    expect(transitions).toEqual(['raised', 'cleared']);
    expect(alarm).toMatchObject({ isCleared: true, isAcked: false, raisedAt: second(0), clearedAt: second(30) });
  });

  it('does not end an alarm that was raised later', () => {
    expect(apply(alarmAfter(raise(100)), raise(0, { cleared_at: at(30) })).alarm.isCleared).toBe(false);
  });
});

describe('what operators do', () => {
  const operate = (alarm: AlarmRow, operation: 'ack' | 'unack' | 'clear' | 'unshelve' | 'comment') =>
    applyOperation(alarm, { operation, operator: 'ana', shelved_until: null }, now);

  it('acknowledges once, naming who did', () => {
    const result = operate(alarmAfter(raise(0)), 'ack');
    if (result.kind !== 'changed') throw new Error('The alarm was not acknowledged.');
    expect(result.alarm).toMatchObject({ isAcked: true, ackedBy: 'ana', changedAt: now });
    expect(operate(result.alarm, 'ack')).toEqual({ kind: 'unchanged' });
    expect(operate(result.alarm, 'unack')).toMatchObject({ alarm: { isAcked: false, ackedBy: null } });
  });

  it('leaves the live list only when cleared and acknowledged, in either order', () => {
    const standing = alarmAfter(raise(0));
    expect(isLive({ ...standing, isAcked: true })).toBe(true);
    expect(isLive({ ...standing, isCleared: true })).toBe(true);
    expect(isLive({ ...standing, isCleared: true, isAcked: true })).toBe(false);
  });

  it('clears a standing alarm, and tells correlation', () => {
    const result = operate(alarmAfter(raise(0)), 'clear');
    expect(result).toMatchObject({ kind: 'changed', transitions: ['cleared'], alarm: { clearedAt: now } });
    expect(operate(alarmAfter(raise(0), clear(5)), 'clear')).toEqual({ kind: 'unchanged' });
  });

  it('clears an alarm of a source whose clock is ahead, so that its own reports do not raise it again', () => {
    const ahead = (now - start) / 1_000 + 300;
    const result = operate(alarmAfter(raise(ahead)), 'clear');
    if (result.kind !== 'changed') throw new Error('The alarm was not cleared.');
    expect(result.alarm.clearedAt).toBeGreaterThanOrEqual(result.alarm.raisedAt);
    expect(apply(result.alarm, raise(ahead - 1)).alarm.isCleared).toBe(true);
  });

  it('shelves what stands, for a time, and refuses to shelve what is cleared', () => {
    const until = now + 60_000;
    const shelve = { operation: 'shelve' as const, operator: 'ana', shelved_until: new Date(until).toISOString() };
    const result = applyOperation(alarmAfter(raise(0)), shelve, now);
    if (result.kind !== 'changed') throw new Error('The alarm was not shelved.');
    expect(isShelved(result.alarm, until - 1)).toBe(true);
    expect(isShelved(result.alarm, until)).toBe(false);
    expect(applyOperation(result.alarm, shelve, now)).toEqual({ kind: 'unchanged' });
    expect(operate(result.alarm, 'unshelve')).toMatchObject({ alarm: { shelvedUntil: null } });
    expect(applyOperation(alarmAfter(raise(0), clear(5)), shelve, now).kind).toBe('refused');
  });

  it('unshelves only what is shelved, and comments without changing state', () => {
    expect(operate(alarmAfter(raise(0)), 'unshelve')).toEqual({ kind: 'unchanged' });
    const standing = alarmAfter(raise(0));
    expect(operate(standing, 'comment')).toEqual({
      kind: 'changed',
      alarm: { ...standing, changedAt: now },
      transitions: [],
    });
  });
});
