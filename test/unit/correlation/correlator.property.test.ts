import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  CorrelationAlarm,
  CorrelationEvent,
  CorrelationTopology,
  StoredCluster,
} from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';
import { alarm, partitionOf } from './scenes.ts';

const entityCount = 12;
const entityId = fc.nat(entityCount + 1).map((number) => `E${number}`);

/** Any graph over a dozen entities: cycles, self links, unknown kinds and links to nowhere included. */
const anyTopology: fc.Arbitrary<CorrelationTopology> = fc
  .array(
    fc.record({ from: entityId, to: entityId, kind: fc.constantFrom('contains', 'connects', 'depends_on', 'x') }),
    {
      maxLength: 30,
    },
  )
  .map((links) => ({
    entities: Array.from({ length: entityCount }, (_, number) => ({
      id: `E${number}`,
      entityType: number % 5 === 0 ? 'EMERGENCY_SERVICE' : `TYPE${number % 3}`,
      geoLat: number % 2 === 0 ? 50 : null,
      geoLon: number % 2 === 0 ? 8 : null,
    })),
    links,
  }));

/** Times within hours, with now and then one that is years off. */
const anySecond = fc.oneof(
  { weight: 20, arbitrary: fc.nat(10_000) },
  { weight: 1, arbitrary: fc.constantFrom(-315_360_000, 315_360_000) },
);

/** Times that are all live together: nothing settles before the end. */
const recentSecond = fc.nat(3000);

/** A history that obeys the alarms' life: raised, repeated and cleared while standing, raised again when cleared. */
const historyAt = (seconds: fc.Arbitrary<number>): fc.Arbitrary<CorrelationEvent[]> =>
  fc
    .array(
      fc.record({
        alarm: fc.nat(40),
        action: fc.constantFrom('raise', 'raise', 'raise', 'repeat', 'clear'),
        entity: entityId,
        second: seconds,
        severity: fc.constantFrom('critical', 'major', 'minor', 'warning', 'indeterminate'),
        type: fc.constantFrom('T1', 'T2', 'T3'),
        source: fc.constantFrom('north', 'south'),
      }),
      { maxLength: 120 },
    )
    .map((steps) => {
      const standing = new Set<string>();
      /** An alarm's identity, and with it its id, never changes. */
      const seen = new Map<string, { readonly entity: string; readonly type: string }>();
      const events: CorrelationEvent[] = [];
      for (const step of steps) {
        const alarmId = `a-${step.alarm}`;
        if (step.action === 'raise' && !standing.has(alarmId)) {
          standing.add(alarmId);
          const { entity, type } = seen.get(alarmId) ?? step;
          events.push({
            kind: 'raised',
            alarm: alarm(alarmId, entity, step.second, {
              severity: step.severity,
              alarmType: type,
              sourceSystem: step.source,
              ...(seen.has(alarmId) ? { raisedBefore: true } : {}),
            }),
          });
          seen.set(alarmId, { entity, type });
        } else if (step.action === 'clear' && standing.delete(alarmId)) {
          events.push({ kind: 'cleared', alarmId, at: step.second });
        } else if (step.action === 'repeat' && standing.has(alarmId)) {
          events.push({ kind: 'repeated', alarmId, severity: step.severity, at: step.second });
        }
      }
      return events;
    });

const anyEvents = historyAt(anySecond);
const recentEvents = historyAt(recentSecond);

function raisedIn(events: readonly CorrelationEvent[]): Map<string, CorrelationAlarm> {
  const latest = new Map<string, CorrelationAlarm>();
  for (const event of events) if (event.kind === 'raised') latest.set(event.alarm.alarmId, event.alarm);
  return latest;
}

/** Feeds the events in pieces of `size`, checking after each that the changes add up. */
function run(topology: CorrelationTopology, events: readonly CorrelationEvent[], size: number) {
  const correlator = createCorrelator({ topology });
  const folded = new Map<string, FoldedCluster>();
  for (let start = 0; start < events.length; start += size) {
    const changes = correlator.apply(events.slice(start, start + size));
    const named = changes.map((change) => (change.kind === 'removed' ? change.clusterId : change.cluster.clusterId));
    expect(new Set(named).size).toBe(named.length);
    foldChanges(folded, changes);
    checkFold(folded);
  }
  foldChanges(folded, correlator.settle());
  checkFold(folded);
  return { correlator, folded };
}

function checkFold(folded: ReadonlyMap<string, FoldedCluster>): void {
  const placed = new Set<string>();
  for (const { header, members } of folded.values()) {
    expect(header.alarmCount).toBe(members.size);
    expect(header.candidates.length).toBeGreaterThan(0);
    expect(header.activeCount).toBeLessThanOrEqual(header.alarmCount);
    for (const candidate of header.candidates) {
      expect(candidate.confidence).toBeGreaterThanOrEqual(0);
      expect(candidate.confidence).toBeLessThanOrEqual(1);
    }
    for (const [alarmId, member] of members) {
      expect(placed.has(alarmId)).toBe(false);
      placed.add(alarmId);
      expect(member.because.length).toBeGreaterThan(0);
      expect(member.score).toBeGreaterThanOrEqual(0);
      expect(member.score).toBeLessThanOrEqual(1);
    }
  }
}

describe('for any network and any history', () => {
  it('puts every alarm into exactly one cluster and tells every change', () => {
    fc.assert(
      fc.property(anyTopology, anyEvents, fc.integer({ min: 1, max: 50 }), (topology, events, size) => {
        const { folded } = run(topology, events, size);
        const members = [...folded.values()].flatMap((cluster) => [...cluster.members.keys()]);
        expect(members.sort()).toEqual([...raisedIn(events).keys()].sort());
      }),
    );
  });

  it('answers the same for the same calls, and the same partition however the events are cut', () => {
    fc.assert(
      fc.property(anyTopology, recentEvents, fc.integer({ min: 1, max: 50 }), (topology, events, size) => {
        const whole = run(topology, events, events.length + 1).folded;
        expect([...run(topology, events, events.length + 1).folded]).toEqual([...whole]);
        expect(partitionOf(run(topology, events, size).folded.values())).toEqual(partitionOf(whole.values()));
      }),
    );
  });

  it('continues after a restart as if there had been none', () => {
    fc.assert(
      fc.property(anyTopology, recentEvents, fc.nat(120), (topology, events, cut) => {
        const before = events.slice(0, cut);
        const after = events.slice(cut);
        const { correlator, folded } = run(topology, before, 7);
        const restarted = createCorrelator({ topology });
        restarted.restore(store(folded, before));
        const copy = new Map(
          [...folded].map(([id, cluster]) => [id, { ...cluster, members: new Map(cluster.members) }]),
        );
        for (const [instance, target] of [[correlator, folded] as const, [restarted, copy] as const]) {
          foldChanges(target, instance.apply(after));
          foldChanges(target, instance.settle());
          checkFold(target);
        }
        expect(partitionOf(copy.values())).toEqual(partitionOf(folded.values()));
      }),
    );
  });
});

/** The clusters as a store would keep them. */
function store(folded: ReadonlyMap<string, FoldedCluster>, events: readonly CorrelationEvent[]): StoredCluster[] {
  const alarms = raisedIn(events);
  const cleared = new Set<string>();
  for (const event of events) {
    if (event.kind === 'cleared') cleared.add(event.alarmId);
    else if (event.kind === 'raised') cleared.delete(event.alarm.alarmId);
  }
  return [...folded].map(([clusterId, cluster]) => ({
    clusterId,
    candidates: cluster.header.candidates,
    members: [...cluster.members].flatMap(([alarmId, explanation]) => {
      const told = alarms.get(alarmId);
      if (told === undefined) return [];
      return [{ alarm: { ...told, clearedAt: cleared.has(alarmId) ? told.raisedAt : null }, explanation }];
    }),
  }));
}
