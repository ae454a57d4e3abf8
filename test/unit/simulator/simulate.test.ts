import { beforeAll, describe, expect, it } from 'vitest';
import { emergencyEntities, toYardstickAlarms } from '#test/bench/correlation/yardsticks/input.ts';
import { answerOriginal } from '#test/bench/correlation/yardsticks/original.ts';
import { scoreScenario } from '#test/support/scoring/score.ts';
import { entityAt } from '#test/support/simulator/network/model.ts';
import type { Scenario } from '#test/support/simulator/scenario.ts';
import { reportingSet, tuningSet } from '#test/support/simulator/seeds.ts';
import { simulate, simulateHistory } from '#test/support/simulator/simulate.ts';

function withoutModel({ model: _, ...rest }: Scenario): Omit<Scenario, 'model'> {
  return rest;
}

describe('the simulator', () => {
  let storm: Scenario;
  let mixed: Scenario;
  beforeAll(() => {
    storm = simulate({ style: 'national', kind: 'storm', seed: 11 });
    mixed = simulate({ style: 'sparse', kind: 'mixed', seed: 11 });
  });

  it('gives the same recording for the same seed and another for another', () => {
    const again = simulate({ style: 'sparse', kind: 'mixed', seed: 11 });
    const other = simulate({ style: 'sparse', kind: 'mixed', seed: 12 });
    expect(withoutModel(again)).toEqual(withoutModel(mixed));
    expect(other.alarms).not.toEqual(mixed.alarms);
  });

  it('tells the truth about every alarm and only about those', () => {
    for (const scenario of [storm, mixed]) {
      expect([...scenario.truth.faultOf.keys()]).toEqual(scenario.alarms.map((alarm) => alarm.alarm_id));
      const faults = new Set(scenario.truth.faults.map((fault) => fault.faultId));
      const noise = [...scenario.truth.faultOf.values()].filter((fault) => !faults.has(fault));
      expect(new Set(noise).size).toBe(noise.length);
      expect(noise.length).toBeGreaterThan(10);
    }
  });

  it('speaks of entities and roots that the topology knows', () => {
    for (const scenario of [storm, mixed]) {
      const known = new Set(scenario.topology.entities.map((entity) => entity.id));
      expect(known.size).toBe(scenario.topology.entities.length);
      expect(scenario.alarms.filter((alarm) => !known.has(alarm.entity_id))).toEqual([]);
      for (const fault of scenario.truth.faults) expect(known.has(fault.rootEntityId)).toBe(true);
      expect(scenario.topology.links.every((link) => known.has(link.from) && known.has(link.to))).toBe(true);
    }
  });

  it('makes storms of twenty faults and five thousand alarms within ten minutes', () => {
    expect(storm.truth.faults.length).toBeGreaterThanOrEqual(20);
    expect(storm.alarms.length).toBeGreaterThanOrEqual(5000);
    const end = Math.max(...storm.truth.faults.map((fault) => fault.startedAt));
    const { sources, network } = storm.model;
    const skewOf = new Map(network.entities.map((entity) => [sources.of(entity).name, sources.of(entity).skew]));
    const trueTimes = storm.alarms
      .filter((alarm) => alarm.source_system !== 'umbrella')
      .map((alarm) => Date.parse(alarm.raised_at) - (skewOf.get(alarm.source_system) ?? 0) * 1000);
    const inStorm = trueTimes.filter((at) => at > end - 600_000).length;
    expect(inStorm).toBeGreaterThan(4500);
  });

  it('has silent roots, sources with wrong clocks, late alarms, umbrella copies and reminders', () => {
    const alarming = new Set(storm.alarms.map((alarm) => alarm.entity_id));
    const silent = storm.truth.faults.filter((fault) => [...fault.acceptedRoots].every((root) => !alarming.has(root)));
    expect(silent.length).toBeGreaterThan(3);
    expect(storm.alarms.some((alarm) => alarm.source_system === 'umbrella')).toBe(true);
    const identities = storm.alarms.map((alarm) => `${alarm.entity_id}/${alarm.alarm_type}/${alarm.specific_problem}`);
    expect(new Set(identities).size).toBeLessThan(identities.length);
    const late = storm.alarms.filter(
      (alarm, position) => (storm.arrivedAt[position] ?? 0) - Date.parse(alarm.raised_at) > 300_000,
    );
    expect(late.length).toBeGreaterThan(10);
    const skews = mixed.model.network.entities.map((entity) => Math.abs(mixed.model.sources.of(entity).skew));
    expect(Math.max(...skews)).toBeGreaterThan(45);
  });

  it('lets the same alarm type strike in the same seconds at places that have nothing to do with each other', () => {
    const faultsOfMoment = new Map<string, Set<string>>();
    for (const alarm of storm.alarms) {
      const moment = `${alarm.alarm_type}/${alarm.raised_at.slice(0, 19)}`;
      const fault = storm.truth.faultOf.get(alarm.alarm_id) ?? '';
      faultsOfMoment.set(moment, (faultsOfMoment.get(moment) ?? new Set()).add(fault));
    }
    expect([...faultsOfMoment.values()].filter((faults) => faults.size > 1).length).toBeGreaterThan(50);
  });

  it('spreads one cause over hundreds of entities behind one supplier', () => {
    const { network } = storm.model;
    const largest = Math.max(
      ...(network.byRole.get('controller') ?? []).map((index) => network.neededBy.get(index)?.length ?? 0),
    );
    expect(largest).toBeGreaterThan(60);
    expect(network.cores.every((core) => entityAt(network, core).role === 'core')).toBe(true);
  });

  it('is too hard for the original algorithm', () => {
    const score = (scenario: Scenario): number =>
      scoreScenario(scenario, answerOriginal(toYardstickAlarms(scenario.alarms), emergencyEntities(scenario))).bCubed
        .f1;
    expect(score(storm)).toBeLessThan(0.35);
    expect(score(mixed)).toBeLessThan(0.65);
  });

  it('records histories of the asked length', () => {
    const history = simulateHistory({ style: 'metro', seed: 3, alarms: 3000 });
    expect(history.alarms).toHaveLength(3000);
    expect(history.truth.faultOf.size).toBe(3000);
  });

  it('keeps the seeds for tuning and for reporting apart', () => {
    const tuning = new Set(tuningSet.map((options) => options.seed));
    expect(reportingSet.filter((options) => tuning.has(options.seed))).toEqual([]);
    const seen = new Set(tuningSet.map((options) => options.style));
    expect(new Set(reportingSet.map((options) => options.style).filter((style) => !seen.has(style))).size).toBe(2);
  });
});
