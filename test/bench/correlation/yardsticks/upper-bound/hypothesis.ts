import { possibleTargets } from '#test/support/simulator/faults/kinds.ts';
import { type Effect, type FaultHypothesis, type FaultPlan, faultKinds } from '#test/support/simulator/faults/model.ts';
import { entityAt } from '#test/support/simulator/network/model.ts';
import type { FaultModel } from '#test/support/simulator/scenario.ts';
import { everydayWeights, silentShare } from '#test/support/simulator/schedule.ts';
import { umbrellaType } from '#test/support/simulator/sources.ts';

/** An alarm that a fault predicts, in the words in which it would arrive. */
export interface Prediction {
  readonly key: string;
  /** Seconds after the fault. */
  readonly delay: number;
  readonly spread: number;
  /** Probability that it arrives, losses included. */
  readonly probability: number;
  readonly copies: number;
  readonly period: number;
}

export interface Candidate {
  readonly fault: FaultHypothesis;
  /** Logarithm of the rate at which this very fault strikes, per second. */
  readonly logRate: number;
}

/** What identifies an alarm's wording. */
export function wording(entityId: string, alarmType: string, detail: string): string {
  return `${entityId}\u0000${alarmType}\u0000${detail}`;
}

/** Every fault that could be, with its rate: one fault a minute, kinds by the everyday weights, targets alike. */
export function allCandidates(model: FaultModel): Candidate[] {
  const sum = Object.values(everydayWeights).reduce((total, weight) => total + weight, 0);
  return faultKinds.flatMap((kind) => {
    const targets = possibleTargets(model.network, kind);
    const rate = (everydayWeights[kind] ?? 0) / sum / 60 / Math.max(1, targets.length);
    return targets.map((target) => ({ fault: { kind, target }, logRate: Math.log(rate) }));
  });
}

/** Share of faults that last longer than this many seconds; the simulator draws 900 to 7,200 s. */
function lastsLonger(seconds: number): number {
  return Math.max(0, Math.min(1, (7200 - seconds) / 6300));
}

/** A plan in the words of the sources, umbrella copies included. */
export function predictionsOf(model: FaultModel, fault: FaultHypothesis, plan: FaultPlan): Prediction[] {
  const { network, vocabulary, sources } = model;
  const predictions: Prediction[] = [];
  const root = plan.roots[0];
  const umbrellas = new Map<string, { key: string; effect: Effect; count: number }>();
  for (const effect of plan.effects) {
    const entity = entityAt(network, effect.entity);
    const silent = effect.entity === root ? (silentShare[fault.kind] ?? 0) : 0;
    const probability = effect.probability * (1 - silent) * lastsLonger(effect.delay) * (1 - sources.of(entity).loss);
    const { alarmType } = vocabulary.codeOf(entity.role, entity.vendor, effect.symptom);
    predictions.push({ ...effect, key: wording(entity.id, alarmType, effect.detail), probability });
    if (sources.umbrella === null || entity.site < 0) continue;
    const key = wording(entityAt(network, entity.site).id, umbrellaType(entity.role), '');
    const minute = `${key}/${Math.floor(effect.delay / 60)}`;
    const known = umbrellas.get(minute);
    umbrellas.set(minute, { key, effect: known?.effect ?? effect, count: (known?.count ?? 0) + probability });
  }
  for (const { key, effect, count } of umbrellas.values()) {
    // A copy comes with chance 0.3 for each alarm, 15 to 80 s after it, once for a site and domain.
    const probability = 1 - 0.7 ** count;
    predictions.push({ key, delay: effect.delay + 47, spread: 24 + effect.spread, probability, copies: 1, period: 0 });
  }
  return predictions;
}
