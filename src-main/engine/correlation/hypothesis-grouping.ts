import type { Cluster } from '#engine/correlation/cluster.ts';
import type { ClusterTable } from '#engine/correlation/cluster-table.ts';
import { createConditionBook } from '#engine/correlation/conditions.ts';
import type { CauseRule, MemberExplanation, RootCauseCandidate } from '#engine/correlation/correlator.ts';
import type { EntityRegistry } from '#engine/correlation/entity-registry.ts';
import { defaultWeights } from '#engine/correlation/evidence.ts';
import { explainLevels, type Happening } from '#engine/correlation/explain-levels.ts';
import { explainMember } from '#engine/correlation/explanation-words.ts';
import type { Grouping } from '#engine/correlation/grouping.ts';
import { createInfluence, reachCount } from '#engine/correlation/influence.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';
import { createPlaceIndex } from '#engine/correlation/place-index.ts';
import { rankRootCauses } from '#engine/correlation/root-causes.ts';

/** Everything is reconsidered when so large a share of what is live is new; in between new alarms join what stands. */
const newShare = 0.6;
/** So few alarms are always reconsidered together. */
const fewAlarms = 40;

/** Groups by the faults that explain the alarms best. */
export function createHypothesisGrouping(ports: {
  readonly windowMs: number;
  readonly registry: EntityRegistry;
  readonly table: ClusterTable;
  /** Weighs everything anew in `settle` only, so that `absorb` stays quick whatever is live. */
  readonly weighsInSettle: boolean;
  /** Which alarm type brings which, as known now; asked whenever everything is reconsidered. */
  readonly learnedCauses: () => readonly CauseRule[];
}): Grouping {
  const { windowMs, registry, table, weighsInSettle, learnedCauses } = ports;
  const { topology } = registry;
  const influence = createInfluence(topology);
  const places = createPlaceIndex(topology);
  const book = createConditionBook(topology, influence);
  let happeningOf: ReadonlyMap<Cluster, Happening> = new Map();
  /** Standing faults by root entity, as of the last reconsideration. */
  const standing = new Map<number, { readonly happening: Happening; readonly cluster: Cluster }[]>();
  let live = 0;
  /** Alarms without a cluster. */
  const fresh = new Set<LiveAlarm>();
  /** Alarms that came since everything was reconsidered last. */
  let unweighed = 0;

  const nameOf = (entity: number): string => registry.idOf(entity);
  const founded = (alarm: LiveAlarm): MemberExplanation => ({
    alarmId: alarm.id,
    because: 'stands alone: no fault explains it together with others',
    linkedTo: null,
    score: 1,
  });

  /** A standing fault that would bring this alarm about now; the nearest in the network, then in time. */
  const expecting = (alarm: LiveAlarm): { happening: Happening; cluster: Cluster } | undefined => {
    const { codes, strain } = book.causesOf(alarm);
    let best: { happening: Happening; cluster: Cluster } | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < codes.length; at += 1) {
      for (const fault of standing.get(Math.floor((codes[at] ?? 0) / reachCount)) ?? []) {
        const apart = Math.abs(alarm.raisedAt - fault.happening.startedAt);
        if (apart > windowMs || fault.cluster.alarmCount === 0) continue;
        const cost = (strain[at] ?? 0) + apart / windowMs;
        if (cost >= least) continue;
        least = cost;
        best = fault;
      }
    }
    return best;
  };

  const reconsider = (): void => {
    unweighed = 0;
    standing.clear();
    const next = new Map<Cluster, Happening>();
    const happenings = explainLevels(book.conditions(), topology, influence, places, learnedCauses(), defaultWeights);
    const owners = chooseClusters(happenings, table);
    happenings.forEach((happening, at) => {
      const cluster = owners[at];
      if (cluster === undefined) return;
      const before = happeningOf.get(cluster);
      const same = before?.root === happening.root && before.startedAt === happening.startedAt;
      next.set(cluster, happening);
      if (!same) cluster.candidatesStale = true;
      const list = standing.get(happening.root);
      if (list === undefined) standing.set(happening.root, [{ happening, cluster }]);
      else list.push({ happening, cluster });
      for (const condition of happening.conditions) {
        for (const alarm of condition.alarms) {
          if (same && alarm.cluster === cluster && alarm.weighed) continue;
          alarm.weighed = true;
          const why = explainMember(alarm, condition, happening, nameOf);
          const known = alarm.cluster === cluster && alarm.explanation.because === why.because;
          table.place(alarm, cluster, known ? alarm.explanation : why);
        }
      }
    });
    happeningOf = next;
  };

  const join = (alarm: LiveAlarm): void => {
    const same = book.sameAs(alarm);
    if (same !== undefined && same.cluster !== null) {
      const because = `${alarm.entityId} says the same again`;
      table.place(alarm, same.cluster, { alarmId: alarm.id, because, linkedTo: same.id, score: 0.95 });
      return;
    }
    const fault = expecting(alarm);
    if (fault === undefined) {
      table.place(alarm, table.found(alarm), founded(alarm));
      return;
    }
    const root = nameOf(fault.happening.root);
    const because = `${root} has a fault that would bring this about`;
    table.place(alarm, fault.cluster, { alarmId: alarm.id, because, linkedTo: root, score: 0.6 });
  };

  return {
    admit(alarm) {
      book.add(alarm);
      fresh.add(alarm);
      live += 1;
    },
    absorb() {
      unweighed += fresh.size;
      const isDue = live <= fewAlarms || (!weighsInSettle && unweighed >= live * newShare);
      if (unweighed > 0 && isDue) reconsider();
      else for (const alarm of fresh) join(alarm);
      fresh.clear();
    },
    retire(alarm) {
      book.remove(alarm);
      fresh.delete(alarm);
      live -= 1;
    },
    readmit(alarm) {
      book.add(alarm);
      live += 1;
      unweighed += 1;
    },
    settle() {
      if (unweighed > 0) reconsider();
    },
    candidatesOf(cluster): readonly RootCauseCandidate[] {
      const happening = happeningOf.get(cluster);
      const ranked = happening === undefined ? [] : rankRootCauses(happening, influence, nameOf);
      if (ranked.length > 0) return ranked;
      const [first] = [...cluster.members].sort(
        (left, right) => left.raisedAt - right.raisedAt || (left.id < right.id ? -1 : 1),
      );
      if (first === undefined) return [];
      return [
        {
          entityId: first.entityId,
          alarmId: first.id,
          confidence: 0.5,
          because: 'the earliest alarm; not yet weighed against others',
        },
      ];
    },
  };
}

/** Which cluster each happening goes on in: the one that holds most of its alarms already, a new one where there is none left. */
function chooseClusters(happenings: readonly Happening[], table: ClusterTable): Cluster[] {
  const overlaps: { readonly at: number; readonly cluster: Cluster; readonly count: number }[] = [];
  happenings.forEach(({ conditions }, at) => {
    const counts = new Map<Cluster, number>();
    for (const { alarms } of conditions) {
      for (const { cluster } of alarms) if (cluster !== null) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
    }
    for (const [cluster, count] of counts) overlaps.push({ at, cluster, count });
  });
  overlaps.sort(
    (left, right) => right.count - left.count || (left.cluster.id < right.cluster.id ? -1 : 1) || left.at - right.at,
  );
  const owners: Cluster[] = [];
  const taken = new Set<Cluster>();
  for (const { at, cluster } of overlaps) {
    if (owners[at] !== undefined || taken.has(cluster)) continue;
    owners[at] = cluster;
    taken.add(cluster);
  }
  happenings.forEach(({ conditions }, at) => {
    const founder = conditions[0]?.alarms[0];
    if (owners[at] === undefined && founder !== undefined) owners[at] = table.found(founder);
  });
  return owners;
}
