import type { CauseModel } from './cause-model.ts';
import { type CauseStatistics, pairOf, passTime, typeNumber, usualOf } from './cause-statistics.ts';
import { binCount, binOf, longestLag } from './lag-bins.ts';
import { createRecentAlarms } from './recent-alarms.ts';
import type { RelatedEntities } from './related-entities.ts';

/** What learning needs to know of an alarm. */
export interface ObservedAlarm {
  readonly entityId: string;
  readonly alarmType: string;
  /** Milliseconds since the epoch. */
  readonly raisedAt: number;
}

export interface Attributor {
  /** Takes an alarm in; in the order of their times, a few seconds of disorder do no harm. */
  observe(alarm: ObservedAlarm): void;
  /** Counts what still waits for the end of its second. */
  flush(): void;
}

interface Waiting {
  readonly entityId: string;
  readonly type: number;
  readonly sequence: number;
}

interface Candidate {
  readonly type: number;
  /** Position in a pair's arrays: relation times bins, plus bin. */
  readonly slot: number;
  readonly rate: number;
}

/** In a flood an alarm has no more than so many causes to choose from: the latest. */
const mostCandidates = 256;
/** Nothing is explained away entirely: an alarm keeps this chance of having come by itself. */
const leastDoubt = 1e-6;

/**
 * Shares each alarm out among everything that may have caused it, in proportion to the model's rates (the expectation step for
 * a mutually exciting process; Veen and Schoenberg 2008), and counts the shares. What another cause explains better is thereby not
 * counted for an innocent bystander. Without a model all candidates are alike, together as likely as no cause.
 * @param model null in the first pass
 */
export function createAttributor(
  statistics: CauseStatistics,
  model: () => CauseModel | null,
  related: RelatedEntities,
): Attributor {
  const recent = createRecentAlarms();
  let waiting: Waiting[] = [];
  let currentSecond = Number.NEGATIVE_INFINITY;
  let sequence = 0;

  const candidatesOf = (alarm: Waiting, second: number, known: CauseModel | null): Candidate[] => {
    const candidates: Candidate[] = [];
    const look = (entityId: string, relation: number): void => {
      const alarms = recent.on(entityId);
      for (let position = alarms.length - 1; position >= 0; position--) {
        const other = alarms[position];
        if (other === undefined || second - other.second > longestLag) break;
        if (other.sequence === alarm.sequence || other.second > second) continue;
        if (candidates.length >= mostCandidates) return;
        const slot = relation * binCount + binOf(second - other.second);
        const rate = known === null ? 1 : known.rate(other.type, alarm.type, slot);
        candidates.push({ type: other.type, slot, rate });
      }
    };
    look(alarm.entityId, 0);
    for (const neighbour of related(alarm.entityId)) look(neighbour, 1);
    return candidates;
  };

  const attribute = (alarm: Waiting, second: number): void => {
    const known = model();
    const candidates = candidatesOf(alarm, second, known);
    const effect = statistics.types[alarm.type];
    if (effect === undefined) return;
    effect.count += 1;
    const spontaneous =
      known === null ? Math.max(1, candidates.length) : known.spontaneousRate(alarm.entityId, alarm.type);
    let total = spontaneous;
    for (const candidate of candidates) total += candidate.rate;
    effect.spontaneous += spontaneous / total;
    const usual = usualOf(statistics, alarm.entityId, alarm.type);
    if (usual !== null) {
      usual.count += 1;
      usual.spontaneous += spontaneous / total;
    }
    const shareOf = new Map<number, number>();
    for (const { type, slot, rate } of candidates) {
      const share = rate / total;
      shareOf.set(type, (shareOf.get(type) ?? 0) + share);
      const pair = pairOf(statistics, type, alarm.type);
      if (pair !== null) pair.attributed[slot] = (pair.attributed[slot] ?? 0) + share;
    }
    for (const [type, share] of shareOf) {
      const pair = pairOf(statistics, type, alarm.type);
      if (pair === null) continue;
      pair.hits += 1;
      pair.explained -= Math.log(Math.max(leastDoubt, 1 - share));
    }
  };

  const flush = (): void => {
    const second = currentSecond;
    for (const alarm of waiting) attribute(alarm, second);
    waiting = [];
  };

  return {
    observe: (alarm) => {
      const type = typeNumber(statistics, alarm.alarmType);
      if (type < 0) return;
      // Sources stamp to the second at best; what is finer is no evidence of order.
      const second = Math.floor(alarm.raisedAt / 1000);
      if (second !== currentSecond) {
        flush();
        currentSecond = second;
      }
      sequence += 1;
      statistics.alarms += 1;
      passTime(statistics, second);
      recent.add(alarm.entityId, { sequence, type, second });
      waiting.push({ entityId: alarm.entityId, type, sequence });
    },
    flush,
  };
}
