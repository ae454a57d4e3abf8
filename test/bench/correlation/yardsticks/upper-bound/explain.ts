import type { Answer } from '#test/support/scoring/score.ts';
import { planFault } from '#test/support/simulator/faults/kinds.ts';
import { type FaultPlan, healthyTransport, type TransportState } from '#test/support/simulator/faults/model.ts';
import { entityAt } from '#test/support/simulator/network/model.ts';
import type { Scenario } from '#test/support/simulator/scenario.ts';
import { bestFit, type Fit, logDensity, type TimedAlarm } from './fit.ts';
import { allCandidates, type Candidate, type Prediction, predictionsOf, wording } from './hypothesis.ts';

interface Accepted {
  readonly candidate: Candidate;
  readonly startsAt: number;
  /** When its alarms cleared; infinite while they stand. */
  readonly endsAt: number;
  plan: FaultPlan;
  predictions: readonly Prediction[];
}

interface Folded {
  readonly alarms: readonly TimedAlarm[];
  /** Position of the alarm whose condition a reminder repeats; its own position else. */
  readonly original: readonly number[];
  readonly clearedAt: readonly number[];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** Sets the clocks right and folds reminders into the alarm that stands. */
function readAlarms(scenario: Scenario): Folded {
  const { sources } = scenario.model;
  const skews = new Map(
    scenario.model.network.entities.map((entity) => [sources.of(entity).name, sources.of(entity).skew]),
  );
  if (sources.umbrella !== null) skews.set(sources.umbrella.name, sources.umbrella.skew);
  const timed = scenario.alarms.map((line, position) => {
    const skew = skews.get(line.source_system) ?? 0;
    return {
      position,
      key: wording(line.entity_id, line.alarm_type, line.specific_problem),
      at: Date.parse(line.raised_at) / 1000 - skew,
      clearedAt: line.cleared_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(line.cleared_at) / 1000 - skew,
    };
  });
  const original = timed.map((alarm) => alarm.position);
  const standing = new Map<string, { position: number; clearedAt: number }>();
  const kept: TimedAlarm[] = [];
  for (const alarm of timed.toSorted((left, right) => left.at - right.at)) {
    const open = standing.get(alarm.key);
    if (open !== undefined && open.clearedAt >= alarm.clearedAt - 0.5 && open.clearedAt > alarm.at) {
      original[alarm.position] = open.position;
      continue;
    }
    standing.set(alarm.key, alarm);
    kept.push(alarm);
  }
  return { alarms: kept, original, clearedAt: timed.map((alarm) => alarm.clearedAt) };
}

function stateBefore(accepted: readonly Accepted[], at: number, except: Accepted | null): TransportState {
  const deadNodes = new Set<number>();
  const deadEdges = new Set<number>();
  for (const other of accepted) {
    if (other === except || other.startsAt > at || other.endsAt < at) continue;
    for (const outage of other.plan.outages) {
      if (other.startsAt + outage.delay > at) continue;
      if (outage.node >= 0) deadNodes.add(outage.node);
      if (outage.edge >= 0) deadEdges.add(outage.edge);
    }
  }
  return { deadNodes, deadEdges };
}

/** The fault that gives each alarm the highest probability among those accepted; -1 for noise. */
function assign(alarms: readonly TimedAlarm[], accepted: readonly Accepted[], logNoise: number): Map<number, number> {
  const index = new Map<string, { fault: number; prediction: Prediction }[]>();
  for (const [fault, { predictions }] of accepted.entries()) {
    for (const prediction of predictions) {
      const list = index.get(prediction.key);
      if (list === undefined) index.set(prediction.key, [{ fault, prediction }]);
      else list.push({ fault, prediction });
    }
  }
  const faultOf = new Map<number, number>();
  for (const alarm of alarms) {
    let [best, bestScore] = [-1, logNoise];
    for (const { fault, prediction } of index.get(alarm.key) ?? []) {
      const density = logDensity(prediction, accepted[fault]?.startsAt ?? 0, alarm.at);
      const score =
        density === null ? Number.NEGATIVE_INFINITY : density + Math.log(Math.max(1e-6, prediction.probability));
      if (score > bestScore) [best, bestScore] = [fault, score];
    }
    faultOf.set(alarm.position, best);
  }
  return faultOf;
}

/**
 * The upper bound: an explainer that is told the simulator's fault model (true network, effects with delays and probabilities, every
 * vocabulary, every clock, every loss) but not what happened. Greedy search for the faults that explain the alarms best
 * (likelihood against noise, silence counted), then each alarm goes to the fault that makes it most probable. What stays
 * wrong is what the recording itself does not tell.
 */
export function answerUpperBound(scenario: Scenario): Answer {
  const { model } = scenario;
  const { alarms, original, clearedAt } = readAlarms(scenario);
  const lastSecond = Math.max(...scenario.arrivedAt) / 1000;
  const firstSecond = Math.min(...scenario.arrivedAt) / 1000;
  // One alarm in ten is noise; any element may say it.
  const logNoise = Math.log(
    (0.1 * alarms.length) / Math.max(60, lastSecond - firstSecond) / (model.network.entities.length * 3),
  );

  const free = new Map<string, TimedAlarm[]>();
  for (const alarm of alarms) {
    const list = free.get(alarm.key);
    if (list === undefined) free.set(alarm.key, [alarm]);
    else list.push(alarm);
  }
  const told = new Map<string, number>();
  for (const alarm of alarms) if (!told.has(alarm.key)) told.set(alarm.key, alarm.at);
  // A condition that already stands is not raised again: its absence says nothing against a second cause.
  const excused = (key: string, from: number): boolean => (told.get(key) ?? Number.POSITIVE_INFINITY) < from + 60;
  const alarmsOf = (key: string): readonly TimedAlarm[] => free.get(key) ?? [];
  const context = { lastSecond, logNoise, excused };

  const accepted: Accepted[] = [];
  const evaluate = (candidate: Candidate, plan: FaultPlan): { fit: Fit | null; predictions: Prediction[] } => {
    const predictions = predictionsOf(model, candidate.fault, plan);
    const fit = bestFit(predictions, alarmsOf, context);
    return { fit: fit === null ? null : { ...fit, score: fit.score + candidate.logRate }, predictions };
  };

  let queue = allCandidates(model).flatMap((candidate) => {
    const plan = planFault(model.network, candidate.fault, healthyTransport);
    const { fit } = evaluate(candidate, plan);
    return fit === null || fit.score <= 0 ? [] : [{ candidate, plan, score: fit.score, startsAt: fit.startsAt }];
  });
  queue.sort((left, right) => right.score - left.score);

  while (queue.length > 0) {
    const top = queue.shift();
    if (top === undefined) break;
    const state = stateBefore(accepted, top.startsAt, null);
    const plan =
      state.deadNodes.size + state.deadEdges.size === 0
        ? top.plan
        : planFault(model.network, top.candidate.fault, state);
    const { fit, predictions } = evaluate(top.candidate, plan);
    if (fit === null || fit.score <= 0) continue;
    const next = queue[0];
    if (next !== undefined && fit.score < next.score) {
      const place = queue.findIndex((other) => other.score <= fit.score);
      const entry = { ...top, score: fit.score, startsAt: fit.startsAt };
      if (place < 0) queue.push(entry);
      else queue = [...queue.slice(0, place), entry, ...queue.slice(place)];
      continue;
    }
    const endsAt = median(fit.explained.map((position) => clearedAt[position] ?? Number.POSITIVE_INFINITY));
    accepted.push({ candidate: top.candidate, startsAt: fit.startsAt, endsAt, plan, predictions });
    const taken = new Set(fit.explained);
    for (const prediction of predictions) {
      const list = free.get(prediction.key);
      if (list !== undefined)
        free.set(
          prediction.key,
          list.filter((alarm) => !taken.has(alarm.position)),
        );
    }
    queue.unshift({ ...top, score: fit.score });
  }

  for (const fault of accepted) {
    fault.plan = planFault(model.network, fault.candidate.fault, stateBefore(accepted, fault.startsAt, fault));
    fault.predictions = predictionsOf(model, fault.candidate.fault, fault.plan);
  }
  const faultOf = assign(alarms, accepted, logNoise);
  const clusterOf = new Map<string, string>();
  const rootsOf = new Map<string, readonly string[]>();
  for (const [position, line] of scenario.alarms.entries()) {
    const standing = original[position] ?? position;
    const fault = faultOf.get(standing) ?? -1;
    const clusterId = fault < 0 ? `noise-${standing}` : `fault-${fault}`;
    clusterOf.set(line.alarm_id, clusterId);
    const root = accepted[fault]?.plan.roots[0];
    rootsOf.set(clusterId, [root === undefined ? line.entity_id : entityAt(model.network, root).id]);
  }
  return { clusterOf, rootsOf };
}
