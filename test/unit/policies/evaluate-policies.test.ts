import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePolicies, type PolicyVerdict } from '#engine/policies/evaluate-policies.ts';
import { wallClock } from '#engine/policies/policy-time.ts';
import { allowAll, factsOf, policyOf } from '#test/support/policies/facts.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');
const minute = 60_000;
const rule = (fields: string) => policyOf(`policy: more\nrules:\n  - {rule: r, because: So it is., ${fields}}\n`);
const judge = (policies: Parameters<typeof evaluatePolicies>[0], parts = {}, now = noon) =>
  evaluatePolicies(policies, factsOf(parts), [], now);

describe('policies', () => {
  it('say for every rule whether it took effect and why', () => {
    const { rules } = judge([policyOf(allowAll), rule('effect: forbid, when: "action.risk == \'high\'"')]);
    expect(rules).toEqual([
      expect.objectContaining({ policy: 'pedkai', rule: 'emergency services', applied: false }),
      expect.objectContaining({ policy: 'house', version: 1, rule: 'all', applied: true, reason: 'We trust it.' }),
      expect.objectContaining({ policy: 'more', applied: false, reason: 'Its condition does not hold.' }),
    ]);
  });

  it('allow a person to act where no rule forbids, and nothing by itself without a rule that allows', () => {
    expect(judge([])).toMatchObject({ outcome: 'allowed', approvals: 1, automatic: false });
    expect(judge([policyOf(allowAll)])).toMatchObject({ outcome: 'allowed', automatic: true });
  });

  it('never let an emergency service go with one person, whatever they say', () => {
    for (const parts of [{ blast: { emergency_services: 1 } }, { cluster: { is_emergency_service: true } }])
      expect(judge([policyOf(allowAll)], parts)).toMatchObject({ approvals: 2, automatic: false });
  });

  it('forbid when a condition cannot be judged', () => {
    const verdict = judge([policyOf(allowAll), rule('effect: allow, when: "1 / (time.hour - 12) > 0"')]);
    expect(verdict.outcome).toBe('forbidden');
    expect(verdict.rules.at(-1)?.reason).toContain('cannot be judged');
  });

  it('know freezes: by absolute times, and by hours of a time zone', () => {
    const freeze = rule('effect: forbid, from: "2026-11-22T11:00:00Z", until: "2026-11-22T13:00:00Z"');
    expect(judge([freeze]).outcome).toBe('forbidden');
    expect(judge([freeze], {}, noon + 60 * minute).outcome).toBe('allowed');
    expect(judge([freeze], {}, noon - 61 * minute).outcome).toBe('allowed');
    const night = policyOf(
      'policy: n\ntime_zone: Asia/Tokyo\nrules:\n  - {rule: r, because: b, effect: forbid, when: "time.hour >= 21 && time.weekday == 7"}\n',
    );
    expect(judge([night]).outcome).toBe('forbidden');
    expect(judge([night], {}, noon - 60 * minute).outcome).toBe('allowed');
    expect(wallClock('Asia/Kolkata')(noon)).toEqual({ hour: 17, minute_of_day: 1050, weekday: 7, date: '2026-11-22' });
  });

  it('count what was carried out per entity, region, action type and tenant', () => {
    const done = (entityId: string, ago: number) => ({
      at: noon - ago * minute,
      entityId,
      region: 'SITE-1',
      actionType: 'restart_cell',
    });
    const recent = [done('CELL-1', 10), done('CELL-2', 20), done('CELL-1', 61)];
    const limited = (per: string, executions: number) =>
      evaluatePolicies(
        [rule(`effect: limit, per: ${per}, executions: ${executions}, minutes: 60`)],
        factsOf(),
        recent,
        noon,
      ).outcome;
    expect(limited('entity', 1)).toBe('forbidden');
    expect(limited('entity', 2)).toBe('allowed');
    expect(limited('region', 2)).toBe('forbidden');
    expect(limited('tenant', 3)).toBe('allowed');
    expect(limited('action_type', 0)).toBe('forbidden');
  });

  it('gather who may approve', () => {
    const verdict = judge([
      rule('effect: approver_roles, roles: [supervisor, cto]'),
      rule('effect: approvals, approvals: 3'),
    ]);
    expect(verdict).toMatchObject({ approvals: 3, approverRoles: [['supervisor', 'cto']], automatic: false });
  });

  it('are the most restrictive of all, in any order; another policy never loosens', () => {
    const effects = fc.constantFrom(
      'effect: allow',
      'effect: forbid',
      'effect: by_hand_only',
      'effect: approvals, approvals: 2',
      'effect: approvals, approvals: 4',
      'effect: approver_roles, roles: [supervisor]',
      'effect: limit, per: tenant, executions: 0, minutes: 5',
    );
    const conditions = fc.constantFrom('', ', when: "action.risk == \'low\'"', ', when: "blast.entities > 5"');
    const some = fc.array(
      fc.tuple(effects, conditions).map(([effect, when]) => rule(effect + when)),
      { maxLength: 6 },
    );
    const parts = fc.record({
      blast: fc.record({ entities: fc.nat({ max: 10 }), emergency_services: fc.nat({ max: 1 }) }),
    });
    fc.assert(
      fc.property(some, some, parts, (first, second, facts) => {
        const both = judge([...first, ...second], facts);
        expect(summary(judge([...second, ...first], facts))).toEqual(summary(both));
        const alone = judge(first, facts);
        expect(both.approvals).toBeGreaterThanOrEqual(alone.approvals);
        if (alone.outcome === 'forbidden') expect(both.outcome).toBe('forbidden');
        expect(both.approverRoles.length).toBeGreaterThanOrEqual(alone.approverRoles.length);
        // What allows may open the automatic way; nothing else of another policy may.
        const allows = second.some(({ document }) => document.rules[0]?.source.effect === 'allow');
        if (both.automatic && !allows) expect(alone.automatic).toBe(true);
      }),
    );
  });
});

function summary({ outcome, approvals, approverRoles, automatic }: PolicyVerdict) {
  return { outcome, approvals, automatic, roles: approverRoles.length };
}
