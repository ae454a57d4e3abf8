import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCorrectedCorrelator } from '#engine/corrections/create-corrected-correlator.ts';
import type { CorrelationAlarm, CorrelationEvent, CorrelationTopology } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';
import { alarm } from '../correlation/scenes.ts';
import { createScene, rule } from './corrected-scene.ts';

const topology: CorrelationTopology = {
  entities: Array.from({ length: 12 }, (_, number) => ({
    id: `E${number}`,
    entityType: number < 2 ? 'SITE' : number === 5 ? 'EMERGENCY_SERVICE' : `TYPE${number % 3}`,
    geoLat: null,
    geoLon: null,
  })),
  links: Array.from({ length: 10 }, (_, number) => [
    { from: `E${number % 2}`, to: `E${number + 2}`, kind: 'contains' },
    { from: `E${number + 2}`, to: `E${2 + ((number * 3) % 5)}`, kind: number % 2 === 0 ? 'depends_on' : 'connects' },
  ]).flat(),
};

const anyPart = fc
  .array(
    fc.record({
      alarm: fc.nat(25),
      action: fc.constantFrom('raise', 'raise', 'raise', 'clear', 'repeat'),
      entity: fc.nat(13),
      second: fc.nat(3_000),
      type: fc.constantFrom('T1', 'T2', 'T3'),
      severity: fc.constantFrom('critical', 'major', 'minor'),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) => ({ kind: 'part' as const, steps }));

const anyStep = fc.oneof(
  { weight: 4, arbitrary: anyPart },
  { weight: 2, arbitrary: fc.constant({ kind: 'settle' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('place' as const),
      picks: fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }),
      to: fc.option(fc.nat(99)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge' as const), from: fc.nat(99), into: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cause' as const), of: fc.nat(99), member: fc.nat(99) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rules' as const),
      verdict: fc.constantFrom('always' as const, 'never' as const, null),
      place: fc.nat(4),
    }),
  },
);
const anyStory = fc.array(anyStep, { minLength: 1, maxLength: 14 });

/** Turns drawn steps into events that obey the alarms' life. */
function createLife() {
  const standing = new Set<string>();
  const seen = new Map<string, CorrelationAlarm>();
  return {
    seen,
    standing,
    eventsOf(
      steps: readonly {
        alarm: number;
        action: string;
        entity: number;
        second: number;
        type: string;
        severity: 'critical' | 'major' | 'minor';
      }[],
    ) {
      const events: CorrelationEvent[] = [];
      for (const step of steps) {
        const alarmId = `a-${step.alarm}`;
        if (step.action === 'raise' && !standing.has(alarmId)) {
          // An alarm's identity never changes: its entity and type are those of its first raise.
          const before = seen.get(alarmId);
          const told = alarm(alarmId, before?.entityId ?? `E${step.entity}`, step.second, {
            severity: step.severity,
            alarmType: before?.alarmType ?? step.type,
            ...(before === undefined ? {} : { raisedBefore: true }),
          });
          seen.set(alarmId, told);
          standing.add(alarmId);
          events.push({ kind: 'raised', alarm: told });
        } else if (step.action === 'clear' && standing.delete(alarmId)) {
          events.push({ kind: 'cleared', alarmId, at: step.second * 1_000 });
        } else if (step.action === 'repeat' && standing.has(alarmId)) {
          events.push({ kind: 'repeated', alarmId, severity: step.severity, at: step.second });
        }
      }
      return events;
    },
  };
}

function check(
  clusters: ReadonlyMap<string, FoldedCluster>,
  seen: ReadonlyMap<string, CorrelationAlarm>,
  standing: ReadonlySet<string>,
) {
  const placed = [...clusters.values()].flatMap(({ members }) => [...members.keys()]);
  expect(placed.toSorted()).toEqual([...seen.keys()].toSorted());
  for (const { header, members } of clusters.values()) {
    expect(header.alarmCount).toBe(members.size);
    expect(header.activeCount).toBe([...members.keys()].filter((alarmId) => standing.has(alarmId)).length);
    expect(header.candidates.length).toBeGreaterThan(0);
    for (const member of members.values()) expect(member.because).not.toBe('');
    for (const { alarmId } of header.candidates) if (alarmId !== null) expect(members.has(alarmId)).toBe(true);
  }
}

const places = ['anywhere', 'same_entity', 'same_site', 'different_entity', 'different_site'] as const;

describe('whatever happens, is corrected and is ruled', () => {
  it('every alarm stands in exactly one cluster, counts are right, what people placed stays and "never" holds', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const scene = createScene(topology);
        const life = createLife();
        const held = new Map<string, string>();
        let created = 0;
        const pick = <T>(items: readonly T[], number: number): T | undefined =>
          items[number % Math.max(1, items.length)];
        for (const step of story) {
          const clusters = [...scene.clusters.keys()].sort();
          const alarms = [...life.seen.keys()].sort();
          if (step.kind === 'part') {
            const events = life.eventsOf(step.steps);
            for (const event of events) if (event.kind === 'raised') held.delete(event.alarm.alarmId);
            scene.feed(events);
          } else if (step.kind === 'settle') scene.settle();
          else if (step.kind === 'rules') {
            scene.setRules(
              step.verdict === null ? [] : [rule({ verdict: step.verdict, place: places[step.place] ?? 'anywhere' })],
            );
          } else if (step.kind === 'place' && alarms.length > 0) {
            const alarmIds = step.picks.flatMap((number) => pick(alarms, number) ?? []);
            created += 1;
            const clusterId = (step.to === null ? undefined : pick(clusters, step.to)) ?? `c-person-${created}`;
            scene.correct({ kind: 'place', alarmIds, clusterId, because: 'placed' });
            for (const alarmId of alarmIds) held.set(alarmId, clusterId);
          } else if (step.kind === 'merge' && clusters.length > 1) {
            const [from, into] = [pick(clusters, step.from), pick(clusters, step.into)];
            if (from === undefined || into === undefined || from === into) continue;
            const members = [...(scene.clusters.get(from)?.members.keys() ?? [])];
            scene.correct({ kind: 'merge', from, into, because: 'merged' });
            for (const alarmId of members) held.set(alarmId, into);
          } else if (step.kind === 'cause' && clusters.length > 0) {
            const cluster = scene.clusters.get(pick(clusters, step.of) ?? '');
            const alarmId = cluster === undefined ? undefined : pick([...cluster.members.keys()], step.member);
            const entityId = life.seen.get(alarmId ?? '')?.entityId;
            if (cluster === undefined || alarmId === undefined || entityId === undefined) continue;
            const { clusterId } = cluster.header;
            scene.correct({ kind: 'cause', clusterId, entityId, alarmId, because: 'named' });
            expect(scene.clusters.get(clusterId)?.header.candidates[0]).toMatchObject({ entityId, because: 'named' });
          }
          check(scene.clusters, life.seen, life.standing);
          for (const [alarmId, clusterId] of held) expect(scene.clusterOf(alarmId)).toBe(clusterId);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('nothing changes while nobody corrects anything', () => {
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 8 }), (parts) => {
        const inner = createCorrelator();
        const corrected = createCorrectedCorrelator(createCorrelator(), 300);
        inner.setTopology(topology);
        corrected.setTopology(topology);
        const life = createLife();
        const [plain, shown] = [new Map<string, FoldedCluster>(), new Map<string, FoldedCluster>()];
        for (const { steps } of parts) {
          const events = life.eventsOf(steps);
          foldChanges(plain, inner.apply(events));
          foldChanges(plain, inner.settle());
          foldChanges(shown, corrected.apply(events));
          foldChanges(shown, corrected.settle());
          const sorted = (clusters: ReadonlyMap<string, FoldedCluster>) =>
            [...clusters]
              .toSorted(([left], [right]) => (left < right ? -1 : 1))
              .map(([id, { header, members }]) => [id, header, [...members].toSorted()]);
          expect(sorted(shown)).toEqual(sorted(plain));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('"never" holds in every cluster that people did not touch', () => {
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 6 }), fc.nat(4), (parts, number) => {
        const scene = createScene(topology);
        const life = createLife();
        const place = places[number] ?? 'anywhere';
        scene.setRules([rule({ place })]);
        for (const { steps } of parts) {
          scene.feed(life.eventsOf(steps));
          scene.settle();
          for (const { members } of scene.clusters.values()) {
            const told = [...members.keys()].flatMap((alarmId) => life.seen.get(alarmId) ?? []);
            for (const left of told.filter(({ alarmType }) => alarmType === 'T1'))
              for (const right of told.filter(({ alarmType }) => alarmType === 'T2')) {
                if (place === 'anywhere') expect.unreachable('T1 and T2 are together');
                if (place === 'same_entity') expect(left.entityId).not.toBe(right.entityId);
                if (place === 'different_entity') expect(left.entityId).toBe(right.entityId);
              }
          }
        }
        check(scene.clusters, life.seen, life.standing);
      }),
      { numRuns: 200 },
    );
  });
});
