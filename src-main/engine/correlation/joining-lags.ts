import { spreadCost, stageCost } from '#engine/correlation/code-length.ts';
import type { CauseRule } from '#engine/correlation/correlator.ts';
import type { Happening } from '#engine/correlation/explain-levels.ts';
import type { Influence } from '#engine/correlation/influence.ts';

/** Nats of coming at any time within an hour after a supplier that stands in alarm. */
const standingCost = 9.4;
/** What supplies more than this is no local supplier: one thing below it failing later is no wonder. */
const mostSupplied = 8;

/** A cause and the moment at which it began, as far as the time of its consequences goes. */
export interface Moment {
  readonly root: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The happening in which the cause alarms; -1 where it says nothing. */
  readonly owner: number;
}

/** What the time between a cause and a happening costs. */
export interface JoiningLags {
  /** Nats; `begin` is when the happening began, milliseconds since the epoch. */
  costOf(cause: Moment, happening: number, begin: number): number;
}

/**
 * Times as everywhere in correlation, any time within an hour for a local supplier, and what was learned: where one
 * type of alarm is known to bring another, the learned lag counts, at the price of doubting the rule.
 */
export function createJoiningLags(
  happenings: readonly Happening[],
  influence: Influence,
  learnedCauses: readonly CauseRule[],
): JoiningLags {
  const isLocalSupplier = (entity: number): boolean =>
    influence.branchCount(entity) <= mostSupplied && !influence.carriesTraffic(entity) && !influence.isPlace(entity);
  const usual = ({ root, startedAt, owner }: Moment, begin: number): number => {
    const lag = begin - startedAt;
    if (owner < 0) return lag === 0 ? 0 : stageCost(lag, true);
    if (lag < 0) return stageCost(lag, false);
    const near = stageCost(lag, false) - Math.LN2;
    return isLocalSupplier(root) ? Math.min(near, standingCost) : near;
  };
  if (learnedCauses.length === 0) return { costOf: (cause, _happening, begin) => usual(cause, begin) };

  const rulesByCause = new Map<string, CauseRule[]>();
  for (const rule of learnedCauses) {
    const list = rulesByCause.get(rule.cause);
    if (list === undefined) rulesByCause.set(rule.cause, [rule]);
    else list.push(rule);
  }
  const types = happenings.map(({ conditions }) => new Set(conditions.map(typeOf)));
  const learned = ({ root, startedAt, owner }: Moment, happening: number, begin: number): number => {
    let least = Number.POSITIVE_INFINITY;
    for (const condition of happenings[owner]?.conditions ?? []) {
      if (condition.entity !== root) continue;
      for (const { effect, lagSeconds, confidence } of rulesByCause.get(typeOf(condition)) ?? []) {
        if (types[happening]?.has(effect) !== true) continue;
        const off = Math.abs(begin - startedAt - lagSeconds * 1000);
        least = Math.min(least, spreadCost(off) - Math.log(Math.max(0.01, confidence)));
      }
    }
    return least;
  };
  return {
    costOf: (cause, happening, begin) =>
      cause.owner < 0 ? usual(cause, begin) : Math.min(usual(cause, begin), learned(cause, happening, begin)),
  };
}

function typeOf({ alarms }: Happening['conditions'][number]): string {
  return alarms[0]?.alarmType ?? '';
}
