import type { Evidence } from '#engine/correlation/evidence.ts';
import { type Causes, type Influence, reachCount, reaches } from '#engine/correlation/influence.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';
import type { TopologyIndex } from '#engine/correlation/topology-index.ts';

/** A longer pause between two alarms of one identity makes the later one news of its own, in milliseconds. */
const pauseMs = 900_000;

/** Alarms that say one thing: same entity, type and specific problem, without a long pause. Never torn apart. */
export interface Condition extends Evidence {
  /** Earliest first. */
  readonly alarms: readonly LiveAlarm[];
}

/** The live alarms by what they say. */
export interface ConditionBook {
  add(alarm: LiveAlarm): void;
  remove(alarm: LiveAlarm): void;
  /** Another live alarm that says the same within the pause; undefined if there is none. */
  sameAs(alarm: LiveAlarm): LiveAlarm | undefined;
  /** All conditions, earliest first; the same alarms give the same list in whatever order they came. */
  conditions(): Condition[];
  causesOf(alarm: LiveAlarm): Causes;
}

export function createConditionBook(topology: TopologyIndex, influence: Influence): ConditionBook {
  const byIdentity = new Map<string, LiveAlarm[]>();
  const identityOf = (alarm: LiveAlarm): string =>
    `${alarm.entity}\u0000${alarm.alarmType}\u0000${alarm.specificProblem}`;

  const causesOf = (alarm: LiveAlarm): Causes => {
    const causes = influence.causesOf(alarm.entity);
    const named = namedEntities(alarm.specificProblem, topology).filter((entity) => entity !== alarm.entity);
    if (named.length === 0) return causes;
    return {
      codes: [...Array.from(causes.codes), ...named.map((entity) => entity * reachCount + reaches.named)],
      via: [...Array.from(causes.via), ...named],
      strain: [...Array.from(causes.strain), ...named.map(() => 0)],
    };
  };

  return {
    causesOf,
    add(alarm) {
      const key = identityOf(alarm);
      const list = byIdentity.get(key);
      if (list === undefined) {
        byIdentity.set(key, [alarm]);
        return;
      }
      let at = list.length;
      while (at > 0 && isBefore(alarm, list[at - 1])) at -= 1;
      list.splice(at, 0, alarm);
    },
    remove(alarm) {
      const key = identityOf(alarm);
      const list = byIdentity.get(key);
      if (list === undefined) return;
      const at = list.indexOf(alarm);
      if (at >= 0) list.splice(at, 1);
      if (list.length === 0) byIdentity.delete(key);
    },
    sameAs(alarm) {
      const list = byIdentity.get(identityOf(alarm));
      return list?.findLast((other) => other !== alarm && Math.abs(other.raisedAt - alarm.raisedAt) <= pauseMs);
    },
    conditions() {
      const groups: LiveAlarm[][] = [];
      for (const list of byIdentity.values()) {
        let group: LiveAlarm[] = [];
        for (const alarm of list) {
          const last = group[group.length - 1];
          if (last !== undefined && alarm.raisedAt - last.raisedAt > pauseMs) {
            groups.push(group);
            group = [];
          }
          group.push(alarm);
        }
        groups.push(group);
      }
      groups.sort((left, right) => (isBefore(left[0], right[0]) ? -1 : 1));
      return describe(groups, topology, causesOf);
    },
  };
}

/** By time, then by name: the order in which alarms came does not matter. */
function isBefore(left: LiveAlarm | undefined, right: LiveAlarm | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left.raisedAt < right.raisedAt || (left.raisedAt === right.raisedAt && left.id < right.id);
}

function describe(
  groups: readonly (readonly LiveAlarm[])[],
  topology: TopologyIndex,
  causesOf: (alarm: LiveAlarm) => Causes,
): Condition[] {
  const kinds = new Map<string, number>();
  const ofType = new Map<number, Set<number>>();
  const ofSource = new Map<string, Set<number>>();
  const typeOf = (alarm: LiveAlarm): number =>
    alarm.entity < topology.count ? (topology.types[alarm.entity] ?? 0) : -1;
  const sourceKey = (alarm: LiveAlarm): string => `${typeOf(alarm)}\u0000${alarm.sourceSystem}`;
  for (const [first] of groups) {
    if (first === undefined) continue;
    noteIn(ofType, typeOf(first), first.entity);
    noteIn(ofSource, sourceKey(first), first.entity);
  }
  const conditions: Condition[] = [];
  for (const alarms of groups) {
    const first = alarms[0];
    if (first === undefined) continue;
    const type = typeOf(first);
    const kindKey = `${type}\u0000${first.alarmType}`;
    let kind = kinds.get(kindKey);
    if (kind === undefined) {
      kind = kinds.size;
      kinds.set(kindKey, kind);
    }
    const share = (ofSource.get(sourceKey(first))?.size ?? 1) / (ofType.get(type)?.size ?? 1);
    const { entity, raisedAt } = first;
    conditions.push({
      entity,
      entityType: type,
      kind,
      share,
      startedAt: raisedAt,
      causes: causesOf(first),
      heard: true,
      alarms,
    });
  }
  return conditions;
}

function noteIn<K>(sets: Map<K, Set<number>>, key: K, value: number): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

/** Entities whose id stands as a word in a text, as in "peer R-12". */
function namedEntities(text: string, topology: TopologyIndex): number[] {
  if (text === '') return [];
  const found: number[] = [];
  for (const word of text.split(/[\s,;:()[\]"']+/)) {
    const entity = topology.indexOf(word);
    if (entity !== undefined) found.push(entity);
  }
  return found;
}
