import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyCompletion, completionsAt } from '#renderer/features/alarms/query/complete.ts';
import { quoteValue, toggleValue, valuesOf } from '#renderer/features/alarms/query/edit.ts';
import { matchesQuery } from '#renderer/features/alarms/query/match.ts';
import { parseQuery } from '#renderer/features/alarms/query/parse.ts';
import { tokenize } from '#renderer/features/alarms/query/tokens.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import { compileGlob } from '#shared/vocabulary/glob.ts';
import { alarmWith, sampleNow } from './alarm-samples.ts';

function matches(input: string, alarm: Partial<Alarm>): boolean {
  const query = parseQuery(input);
  expect(query.errors).toEqual([]);
  return matchesQuery(alarmWith(alarm), query, sampleNow, new WeakMap());
}

describe('the alarm query', () => {
  test('combines terms with and', () => {
    const input = 'severity:critical entity:LON* state:unacked age:<15m "fan"';
    expect(matches(input, { text: 'Fan 2 stopped' })).toBe(true);
    expect(matches(input, { text: 'Fan 2 stopped', severity: 'major' })).toBe(false);
    expect(matches(input, { text: 'Fan 2 stopped', entity_id: 'XLON-3' })).toBe(false);
    expect(matches(input, { text: 'Fan 2 stopped', ack_state: 'acked' })).toBe(false);
    expect(matches(input, { text: 'Fan 2 stopped', raised_at: '2026-11-22T01:55:00Z' })).toBe(false);
    expect(matches(input, { text: 'Power lost' })).toBe(false);
  });

  test.each([
    ['severity:critical,minor', { severity: 'minor' }, true],
    ['severity:critical,minor', { severity: 'major' }, false],
    ['severity:>=major', { severity: 'critical' }, true],
    ['severity:>=major', { severity: 'minor' }, false],
    ['severity:<minor', { severity: 'warning' }, true],
    ['-severity:critical', {}, false],
    ['-severity:major', {}, true],
    ['SEVERITY:Critical', {}, true],
    ['entity:lon-3', {}, true],
    ['entity:LON', {}, false],
    ['entity:"LON 3"', { entity_id: 'LON 3' }, true],
    ['type:*down', {}, true],
    ['problem:"port*"', {}, true],
    ['source:netact,ems', { source_system: 'ems' }, true],
    ['state:cleared', { is_cleared: true, state: 'cleared' }, true],
    ['state:shelved', { shelved_until: '2026-11-22T02:10:00.001Z' }, true],
    ['state:shelved', { shelved_until: '2026-11-22T02:10:00.000Z' }, false],
    ['state:unshelved', { shelved_until: '2026-11-22T02:09:00.000Z' }, true],
    ['cluster:none', {}, true],
    ['cluster:any', {}, false],
    ['cluster:any', { cluster_id: 'c1' }, true],
    ['owner:none', { acked_by: 'Ines' }, false],
    ['entity:any', {}, false],
    ['age:>10m', {}, false],
    ['age:>=10m', {}, true],
    ['last:<30s', { last_raised_at: '2026-11-22T02:09:31Z' }, true],
    ['repeats:>5', { repeat_count: 6 }, true],
    ['repeats:0', {}, true],
    ['text:fan,pump', { text: 'PUMP' }, true],
    ['text:fan', { entity_id: 'fan' }, false],
    ['fan pump', { text: 'pump and fan' }, true],
    ['fan pump', { text: 'fan' }, false],
    ['-fan', { text: 'fan' }, false],
    ['"10.0.0.1:8080"', { text: 'peer 10.0.0.1:8080 lost' }, true],
    ['-', { text: 'a - b' }, true],
  ] as const)('%s', (input, alarm, expected) => {
    expect(matches(input, alarm)).toBe(expected);
  });

  test.each([
    ['sevrity:critical', /“sevrity” is not a field; there are severity, entity/],
    ['severity:criticl', /“criticl” is not a severity; there are critical/],
    ['state:open', /“open” is not a state/],
    ['age:10m', /age: needs < or >/],
    ['age:<10', /“<10” is not one/],
    ['last:<1m,<2m', /“<1m,<2m” is not one/],
    ['repeats:many', /repeats: needs a whole number/],
    ['entity:', /entity: needs a value/],
    ['entity:LON*,', /entity: needs a value/],
    ['"fan', /a quote is opened and not closed/],
    ['""', /nothing between the quotes/],
  ])('names what is wrong with %s and keeps the rest', (input, message) => {
    const query = parseQuery(`state:unacked ${input}`);
    expect(query.errors).toHaveLength(1);
    expect(query.errors[0]?.message).toMatch(message);
    expect(query.errors[0]?.start).toBe('state:unacked '.length);
    expect(query.conditions).toHaveLength(1);
  });

  test('never throws and gives every visible character to one term', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (input) => {
        const query = parseQuery(input);
        matchesQuery(alarmWith({ text: input }), query, sampleNow, new WeakMap());
        const covered = tokenize(input).map(({ start, end }) => input.slice(start, end));
        expect(covered.join('').replaceAll(/\s/gu, '')).toBe(input.replaceAll(/\s/gu, ''));
      }),
    );
  });

  test('finds any text of an alarm that is put in quotes', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), (text) => {
        fc.pre(!text.includes('"'));
        expect(matches(`"${text}"`, { text: `before ${text} after` })).toBe(true);
      }),
    );
  });
});

describe('patterns', () => {
  test('agree with a regular expression', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 }),
        (pattern, value) => {
          const expression = pattern.split('*').map((piece) => piece.replaceAll('.', '\\.'));
          expect(compileGlob(pattern).matches(value)).toBe(new RegExp(`^${expression.join('.*')}$`, 's').test(value));
        },
      ),
    );
  });

  test('stay quick on hostile input', () => {
    const started = performance.now();
    compileGlob('*a*a*a*a*a*a*a*a*a*b').matches('a'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(250);
  });
});

describe('editing a query', () => {
  test('adds, extends and empties the term of a facet and leaves the rest alone', () => {
    const first = toggleValue('entity:LON*', 'severity', 'critical');
    expect(first).toBe('entity:LON* severity:critical');
    const second = toggleValue(`${first} "fan"`, 'severity', 'major');
    expect(second).toBe('entity:LON* severity:critical,major "fan"');
    expect(toggleValue(toggleValue(second, 'severity', 'critical'), 'severity', 'major')).toBe('entity:LON* "fan"');
  });

  test('a value that was added is asked for, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (value) => {
        fc.pre(!value.includes('"') && value.trim() === value);
        const input = toggleValue('state:unacked', 'source', value);
        expect(valuesOf(input, 'source')).toContain(value.toLowerCase());
        expect(toggleValue(input, 'source', value)).toBe('state:unacked');
      }),
    );
  });

  test('quotes what needs quotes', () => {
    expect(quoteValue('LON-3')).toBe('LON-3');
    expect(quoteValue('LON 3')).toBe('"LON 3"');
    expect(quoteValue('a,b')).toBe('"a,b"');
  });
});

describe('completion', () => {
  const known = { entity: ['LON-3', 'XLON', 'LON 7'] };

  test('offers fields while a word is typed', () => {
    expect(completionsAt('se', 2, known).map((one) => one.insert)).toEqual(['severity:']);
    expect(completionsAt('-se', 3, known)[0]?.start).toBe(1);
  });

  test('offers values after the colon, those that begin so first', () => {
    expect(completionsAt('entity:lon', 10, known).map((one) => one.insert)).toEqual(['LON-3 ', '"LON 7" ', 'XLON ']);
    expect(completionsAt('severity:critical,m', 19, known).map((one) => one.insert)).toEqual([
      'major ',
      'minor ',
      'indeterminate ',
    ]);
  });

  test('is silent between terms and inside quotes', () => {
    expect(completionsAt('severity:critical ', 18, known)).toEqual([]);
    expect(completionsAt('"se', 3, known)).toEqual([]);
  });

  test('puts the completion in place and the caret behind it', () => {
    const completion = completionsAt('entity:lon state:unacked', 10, known)[0];
    expect(completion && applyCompletion('entity:lon state:unacked', completion)).toEqual({
      input: 'entity:LON-3 state:unacked',
      caret: 13,
    });
  });
});
