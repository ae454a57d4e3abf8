import { describe, expect, test } from 'vitest';
import { changeWords, figuresOf, relativeChange } from '#renderer/features/scorecard/figures.ts';
import { periodBefore, periodOf, toLocalField } from '#renderer/features/scorecard/period.ts';
import { rateColumns } from '#renderer/features/scorecard/rate-columns.ts';
import { curlLine } from '#renderer/features/settings/curl-line.ts';
import { tokenState } from '#renderer/features/settings/token-state.ts';
import type { Token } from '#shared/api/console.ts';
import type { Scorecard } from '#shared/api/scorecard.ts';

const now = Date.parse('2026-11-22T02:10:30.000Z');
const hour = 3_600_000;

describe('the period', () => {
  test('relative ones end with the running minute', () => {
    expect(periodOf({ kind: '24h' }, now)).toEqual({
      from: Date.parse('2026-11-21T02:11:00.000Z'),
      to: Date.parse('2026-11-22T02:11:00.000Z'),
    });
  });

  test('the one before is as long and ends where this one begins', () => {
    expect(periodBefore({ from: now - hour, to: now })).toEqual({ from: now - 2 * hour, to: now - hour });
  });

  test('a custom one goes through its field unchanged, to the minute', () => {
    const minute = Math.floor(now / 60_000) * 60_000;
    const choice = { kind: 'custom', from: toLocalField(minute - hour), to: toLocalField(minute) } as const;
    expect(periodOf(choice, now)).toEqual({ from: minute - hour, to: minute });
  });

  test.each([
    ['', '2026-11-22T02:00', /needed/],
    ['2026-11-22T02:00', '2026-11-22T02:00', /after the beginning/],
    ['2026-01-01T00:00', '2026-11-01T00:00', /31 days/],
    ['2027-01-01T00:00', '2027-01-02T00:00', /not begun/],
  ])('from "%s" to "%s" is refused in words', (from, to, message) => {
    expect(periodOf({ kind: 'custom', from, to }, now)).toMatch(message);
  });
});

describe('the figures', () => {
  const card: Scorecard = {
    from: '2026-11-21T02:11:00.000Z',
    to: '2026-11-22T02:11:00.000Z',
    incidents_opened: 4,
    incidents_resolved: 0,
    mtta_seconds: 90,
    mttr_seconds: null,
    alarms_raised: 120,
    clusters_formed: 6,
    clusters_judged: 5,
    clusters_corrected: 1,
    correlation_quality: 0.8,
    noise_reduction: 0.95,
    average_per_ten_minutes: 0.83,
    maximum_per_ten_minutes: 40,
    flood_share: 0.02,
    rate: [],
    top_entities: [],
  };
  const find = (label: string, before: Scorecard | null) => {
    const found = figuresOf(card, before).find((figure) => figure.label === label);
    if (found === undefined) throw new Error(`There is no figure ${label}.`);
    return found;
  };

  test('say how they were', () => {
    expect(find('MTTA', { ...card, mtta_seconds: 60 }).value).toBe('1 min');
    expect(changeWords(find('MTTA', { ...card, mtta_seconds: 60 }))).toBe('50 % more than 1 min');
    expect(changeWords(find('Opened', { ...card, incidents_opened: 8 }))).toBe('50 % less than 8');
    expect(changeWords(find('Opened', { ...card, incidents_opened: 0 }))).toBe('from 0');
    expect(changeWords(find('Raised', card))).toBe('as before, 120');
  });

  test('say plainly when there is nothing to compute them from', () => {
    const mttr = find('MTTR', { ...card, mttr_seconds: 600 });
    expect(mttr.value).toBeNull();
    expect(changeWords(mttr)).toBe('No incident was resolved. Was 10 min.');
    expect(changeWords(find('MTTR', card))).toBe('No incident was resolved. Nor in the period before.');
    expect(changeWords(find('MTTA', { ...card, mtta_seconds: null }))).toBe('no figure for the period before');
  });

  test('a change from nothing is no share', () => {
    expect(relativeChange(5, 0)).toBeNull();
    expect(relativeChange(0, 0)).toBe(0);
    expect(relativeChange(null, 3)).toBeNull();
  });
});

test('joined intervals keep the highest, so that no flood disappears', () => {
  const points = Array.from({ length: 1000 }, (_, index) => ({
    at: new Date(now + index * 600_000).toISOString(),
    raised: index === 777 ? 2000 : index % 3,
  }));
  const columns = rateColumns(points, 100);
  expect(columns).toHaveLength(100);
  expect(Math.max(...columns.map((column) => column.raised))).toBe(2000);
  expect(columns.reduce((sum, column) => sum + column.intervals, 0)).toBe(1000);
  expect(rateColumns(points.slice(0, 50), 100)).toHaveLength(50);
});

describe('a token', () => {
  const token: Token = {
    token_id: 't1',
    tenant_id: 'north',
    name: 'feed',
    scopes: ['ALARM_WRITE'],
    created_at: '2026-11-20T00:00:00.000Z',
    expires_at: '2026-11-22T02:10:30.000Z',
    revoked_at: null,
    last_used_at: null,
  };

  test('works until it expires or is revoked', () => {
    expect(tokenState(token, now - 1)).toBe('works');
    expect(tokenState(token, now)).toBe('expired');
    expect(tokenState({ ...token, revoked_at: '2026-11-21T00:00:00.000Z' }, now - 1)).toBe('revoked');
  });

  test('has a line that it may use', () => {
    const secret = 'pdk_secret';
    const lineFor = (scopes: Token['scopes']) =>
      curlLine('http://127.0.0.1:4620', { scopes, secret }, '2026-11-22T02:10:30.000Z');
    const send = lineFor(['ALARM_WRITE'])?.command ?? '';
    expect(send).toContain('http://127.0.0.1:4620/api/v1/alarms/ingest');
    expect(send).toContain('Bearer pdk_secret');
    expect(lineFor(['ALARM_READ'])?.command).toContain('/api/v1/alarms?limit=10');
    expect(lineFor(['KPI_READ'])).toBeNull();
  });
});
