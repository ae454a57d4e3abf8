import { evaluatePolicies, type LoadedPolicy } from '#engine/policies/evaluate-policies.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';
import { factsOf, policyOf } from '#test/support/policies/facts.ts';

const rounds = 400;
const now = Date.parse('2026-11-22T12:00:00Z');

export const name = 'policy evaluation';

/** A thousand rules of four kinds in ten policies, judged for one action; the first round is what a fresh engine needs. */
export function run(report: BenchReport): void {
  const policies = Array.from({ length: 10 }, (_, index) => tenthOf(index));
  const facts = factsOf({ blast: { entities: 40, customers: 900 } });
  const times: number[] = [];
  let judged = 0;
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    judged = evaluatePolicies(policies, facts, [], now + round).rules.length;
    times.push(performance.now() - startedAt);
  }
  if (judged !== 1_001) throw new Error(`${judged} rules were judged.`);
  const sorted = times.toSorted((left, right) => left - right);
  report.figure({ name: '1,000 rules, median', value: sorted[rounds >> 1] ?? Number.NaN, unit: 'ms', at_most: 5 });
  report.figure({
    name: '1,000 rules, 95 of 100',
    value: sorted[Math.floor(rounds * 0.95)] ?? Number.NaN,
    unit: 'ms',
  });
  report.figure({ name: '1,000 rules, first time', value: times[0] ?? Number.NaN, unit: 'ms' });
}

function tenthOf(index: number): LoadedPolicy {
  const rules = Array.from({ length: 25 }, (_, number) => [
    `- {rule: a${number}, effect: forbid, because: b, when: "action.risk == 'high' && blast.customers > ${number}"}`,
    `- {rule: b${number}, effect: approvals, approvals: 2, because: b, when: "action.entity_type in ['ROUTER', 'OLT'] || blast.entities > ${100 + number}"}`,
    `- {rule: c${number}, effect: limit, per: entity, executions: 3, minutes: 60, because: b, when: "action.entity_id.startsWith('LON-${number}')"}`,
    `- {rule: d${number}, effect: forbid, because: b, when: "time.hour < 6 && cause.confidence < 0.${10 + number}"}`,
  ]).flat();
  return policyOf(`policy: p${index}\ntime_zone: Europe/London\nrules:\n  ${rules.join('\n  ')}\n`);
}
