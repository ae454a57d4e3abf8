import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatExactPercent, numberWord } from '#renderer/components/format-number.ts';
import { formatDuration } from '#renderer/components/format-time.ts';
import { describeError, isRefusal } from '#renderer/console-api/call-error.ts';
import { takeConsoleKey } from '#renderer/console-api/console-key.ts';
import { rateHeight, rateMaximum } from '#renderer/features/situation/rate-scale.ts';
import { diskUrgency, feedHealth, queueUrgency } from '#renderer/frame/engine-health.ts';
import { curlCommand, tokenCommand } from '#renderer/frame/guidance.ts';
import { aPulse } from './renderer-objects.ts';

describe('console key', () => {
  function places(hash: string, held: string | null) {
    const storage = new Map(held === null ? [] : [['pedkai.console-key', held]]);
    const addresses: string[] = [];
    return {
      addresses,
      take: () =>
        takeConsoleKey({
          location: { hash, pathname: '/clusters/1', search: '?a=b' },
          history: { state: null, replaceState: (_state, _title, url) => void addresses.push(String(url)) },
          storage: {
            getItem: (key) => storage.get(key) ?? null,
            setItem: (key, value) => void storage.set(key, value),
          },
        }),
    };
  }

  it('moves from the address to the session and leaves the place', () => {
    const { take, addresses } = places('#key=s3cret%2B', null);
    expect(take()).toBe('s3cret+');
    expect(addresses).toEqual(['/clusters/1?a=b']);
  });

  it('is remembered when the address has none, and replaced by a newer one', () => {
    expect(places('', 'old').take()).toBe('old');
    expect(places('#key=new', 'old').take()).toBe('new');
    expect(places('#key=', null).take()).toBeNull();
  });
});

describe('call errors', () => {
  it('name the fields that do not fit', () => {
    const data = { errors: [{ field: 'minutes', message: 'must be at least 1' }] };
    expect(describeError(new ORPCError('UNPROCESSABLE_CONTENT', { status: 422, data })).detail).toBe(
      'minutes must be at least 1',
    );
  });

  it('tell a refusal from a loss', () => {
    expect(isRefusal(describeError(new ORPCError('UNAUTHORIZED', { status: 401 })))).toBe(true);
    expect(isRefusal(describeError(new ORPCError('SERVICE_UNAVAILABLE', { status: 503 })))).toBe(false);
    expect(describeError(new TypeError('fetch failed'))).toEqual({
      status: null,
      title: 'The engine cannot be reached',
      detail: 'fetch failed',
    });
  });
});

describe('engine health', () => {
  it('counts feeds that fell silent by the engine’s own clock', () => {
    const feeds = ['11:59:00', '11:40:00', '11:10:00'].map((time) => ({
      source_system: time,
      last_event_at: `2026-11-22T${time}.000Z`,
      received: 1,
    }));
    expect(feedHealth(aPulse({ feeds }))).toEqual({ alive: 1, silent: 2, shortestSilence: 20 * 60_000 });
  });

  it('grows urgent as disk and queue fill up', () => {
    expect([6e9, 4e9, 5e8].map(diskUrgency)).toEqual(['normal', 'caution', 'danger']);
    expect([10, 5_000, 9_500].map((depth) => queueUrgency({ depth, max: 10_000 }))).toEqual([
      'normal',
      'caution',
      'danger',
    ]);
  });
});

describe('alarm rate', () => {
  const points = (...raised: number[]) => raised.map((count, index) => ({ at: `t${index}`, raised: count }));

  it('keeps the lines in place on calm days and the top in sight in a storm', () => {
    expect(rateMaximum(points(0, 1))).toBe(30);
    expect(rateMaximum(points(0, 2000))).toBe(2000);
    expect(rateHeight(0, 30)).toBe(0);
    expect(rateHeight(30, 30)).toBe(1);
    expect(rateHeight(10, 2000)).toBeGreaterThan(0.3);
  });
});

describe('figures in words', () => {
  it('say a length of time at a glance', () => {
    const minute = 60_000;
    expect([-5, 900, 12_400, 18 * minute, 185 * minute, 3_140 * minute].map(formatDuration)).toEqual([
      '0 s',
      '0 s',
      '12 s',
      '18 min',
      '3 h 05',
      '2 d 4 h',
    ]);
  });

  it('never round up to all', () => {
    expect(formatExactPercent(0.9999)).toBe('99.9\u202f%');
    expect(formatExactPercent(1)).toBe('100\u202f%');
  });

  it('count small numbers in words and bytes in units', () => {
    expect([0, 1, 6, 13].map(numberWord)).toEqual(['Nothing', 'One', 'Six', '13']);
    expect([999, 4_100, 412e9].map(formatBytes)).toEqual(['999 B', '4.1 kB', '412 GB']);
  });
});

describe('commands to copy', () => {
  it('quote a folder with spaces', () => {
    expect(tokenCommand("/home/o'hara/my data", 'north')).toContain(`--data-dir '/home/o'\\''hara/my data'`);
    expect(tokenCommand('/data', 'north')).toContain('--data-dir /data --tenant north');
  });

  it('send a body that is JSON', () => {
    const body = /-d '(.*)'$/s.exec(curlCommand('http://127.0.0.1:4620', '2026-11-22T12:00:00Z'))?.[1] ?? '';
    expect(JSON.parse(body)).toMatchObject({ entity_id: 'ROUTER-1', raised_at: '2026-11-22T12:00:00Z' });
  });
});
