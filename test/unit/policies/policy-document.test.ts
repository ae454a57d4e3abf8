import { describe, expect, it } from 'vitest';
import { describeFaults, readPolicy } from '#engine/policies/policy-document.ts';

const good = `# Night shift
policy: night-shift
time_zone: Europe/London
rules:
  - rule: only small things at night
    when: time.hour < 6 && blast.entities > 10
    effect: forbid
    because: Nobody is there to help.
  - rule: two for the core
    when: action.entity_type in ["ROUTER", "SWITCH"]
    effect: approvals
    approvals: 2
    because: The core carries everything.
  - rule: not too often
    effect: limit
    executions: 3
    per: entity
    minutes: 60
    because: A cell that needs a fourth restart needs a person.
`;

const faultsOf = (text: string) => {
  const reading = readPolicy(text);
  return reading.ok ? [] : reading.faults.map(({ line, message }) => ({ line, message }));
};

describe('a policy', () => {
  it('is read', () => {
    const reading = readPolicy(good);
    expect(reading).toMatchObject({ ok: true, document: { name: 'night-shift' } });
    expect(reading.ok && reading.document.rules.map(({ source }) => source.effect)).toEqual([
      'forbid',
      'approvals',
      'limit',
    ]);
  });

  it('may be JSON', () => {
    const text = JSON.stringify({ policy: 'p', rules: [{ rule: 'r', effect: 'allow', because: 'b' }] });
    expect(readPolicy(text).ok).toBe(true);
  });

  it.each([
    [
      'an unknown field',
      good.replace('effect: forbid', 'effect: forbid\n    severity: high'),
      8,
      'unknown field "severity"',
    ],
    ['an unknown field at the top', `${good}owner: ana\n`, 20, 'unknown field "owner"'],
    ['an unknown fact', good.replace('blast.entities', 'blast.colour'), 6, 'No such key: colour'],
    ['an unknown name', good.replace('blast.entities', 'mood'), 6, 'Unknown variable: mood'],
    ['a comparison that makes no sense', good.replace('> 10', '> "ten"'), 6, 'no such overload'],
    [
      'a condition that is a number',
      good.replace('time.hour < 6 && blast.entities > 10', 'time.hour'),
      6,
      'must be true or false',
    ],
    ['a condition that stops half way', good.replace('> 10', '>'), 6, 'Unexpected token'],
    ['a loop', good.replace('blast.entities > 10', '[1, 2].exists(n, n == time.hour)'), 6, 'no loops'],
    [
      'a regular expression',
      good.replace('blast.entities > 10', 'action.type.matches("(a+)+$")'),
      6,
      'no regular expressions',
    ],
    ['a reference to itself', 'policy: p\nrules: &r\n  - *r\n', 3, 'must not refer to itself'],
    ['an unknown effect', good.replace('effect: forbid', 'effect: explode'), 7, 'effect'],
    ['no reason', good.replace('    because: Nobody is there to help.\n', ''), 5, 'because'],
    ['two rules of one name', good.replace('not too often', 'two for the core'), 14, 'two rules named'],
    ['a time zone that is none', good.replace('Europe/London', 'Middle/Earth'), 3, 'time zone'],
    ['broken YAML', 'policy: p\nrules: [\n', 3, ''],
    ['a key twice', 'policy: p\npolicy: q\nrules: []\n', 2, 'unique'],
    [
      'an end before its beginning',
      good.replace('effect: forbid', 'effect: forbid\n    from: 2026-01-02T00:00:00Z\n    until: 2026-01-01T00:00:00Z'),
      9,
      'must be after from',
    ],
    [
      'a time without offset',
      good.replace('effect: forbid', 'effect: forbid\n    from: 2026-01-02T00:00:00'),
      8,
      'offset',
    ],
    ['nothing', '', 1, ''],
    ['a number', '42', 1, ''],
    [
      'a thousand levels',
      `policy: p\nrules:\n  - rule: r\n    when: ${'('.repeat(1000)}true${')'.repeat(1000)}\n    effect: allow\n    because: b\n`,
      4,
      'maxDepth',
    ],
    [
      'more parts than anybody can read',
      `policy: p\nrules:\n  - rule: r\n    when: ${Array(300).fill('true').join(' && ')}\n    effect: allow\n    because: b\n`,
      4,
      'maxAstNodes',
    ],
  ])('with %s is refused with its line', (_what, text, line, message) => {
    const faults = faultsOf(text);
    expect(faults[0]?.line).toBe(line);
    expect(faults[0]?.message).toContain(message);
  });

  it('is answered with every fault at once', () => {
    const text = good.replace('blast.entities', 'blast.colour').replace('action.entity_type', 'action.mood');
    expect(faultsOf(text).map(({ line }) => line)).toEqual([6, 10]);
    expect(describeFaults(readPolicy(text).ok ? [] : [{ line: 6, column: 1, message: 'x' }])).toBe('line 6: x');
  });
});
