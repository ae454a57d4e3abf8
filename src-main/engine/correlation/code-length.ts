/** Costs in nats: how long the shortest message is that tells a fact to somebody who knows the hypothesis. */

const longestSeconds = 7200;

/** How far a stage of a fault lies from the fault: most come at once, batteries last 40 minutes, clocks are minutes off. */
const stageDelays: readonly (readonly [share: number, meanSeconds: number])[] = [
  [0.5, 12],
  [0.28, 120],
  [0.22, 1500],
];
/** The same where the root says nothing: then only coming at once speaks for one fault. */
const silentStageDelays: readonly (readonly [share: number, meanSeconds: number])[] = [
  [0.75, 10],
  [0.2, 45],
  [0.05, 300],
];
/** How far one alarm of a stage lies from its first. */
const spreadDelays: readonly (readonly [share: number, meanSeconds: number])[] = [
  [0.4, 5],
  [0.35, 30],
  [0.25, 200],
];

function table(mixture: readonly (readonly [number, number])[]): Float64Array {
  return Float64Array.from({ length: longestSeconds + 1 }, (_, seconds) => {
    let density = 1e-9;
    for (const [share, mean] of mixture) density += (share / mean) * Math.exp(-seconds / mean);
    return -Math.log(density);
  });
}

const stageTable = table(stageDelays);
const silentStageTable = table(silentStageDelays);
const spreadTable = table(spreadDelays);

/** Cost of telling when a stage began, in milliseconds from the beginning of its fault, before or after. */
export function stageCost(deltaMs: number, silent: boolean): number {
  const seconds = Math.min(longestSeconds, Math.round(Math.abs(deltaMs) / 1000));
  return ((silent ? silentStageTable : stageTable)[seconds] ?? 20) + Math.LN2;
}

/** Cost of telling when an alarm came, in milliseconds after the first of its stage. */
export function spreadCost(deltaMs: number): number {
  return spreadTable[Math.min(longestSeconds, Math.round(deltaMs / 1000))] ?? 20;
}

const factorialTable = Float64Array.from({ length: 4096 }, () => 0);
for (let at = 2; at < factorialTable.length; at += 1) {
  factorialTable[at] = (factorialTable[at - 1] ?? 0) + Math.log(at);
}

/** ln n!, by Stirling's series beyond the table. */
export function lnFactorial(number: number): number {
  if (number < factorialTable.length) return factorialTable[number] ?? 0;
  return number * Math.log(number) - number + 0.5 * Math.log(2 * Math.PI * number) + 1 / (12 * number);
}

/**
 * Cost of telling which `heard` of `possible` entities alarmed when nobody knows how many to expect: every number is
 * equally likely, then every choice of so many (Laplace's rule of succession as a code).
 */
export function choiceCost(heard: number, possible: number): number {
  const all = Math.max(heard, possible);
  return Math.log(all + 1) + lnFactorial(all) - lnFactorial(heard) - lnFactorial(all - heard);
}

/**
 * Cost of telling which `hit` of `all` entities directly below a failed one felt it, when most are expected to:
 * the share is distributed as Beta(2, 1).
 */
export function hitCost(hit: number, all: number): number {
  const total = Math.max(hit, all);
  return (
    Math.log(((total + 1) * (total + 2)) / (2 * (hit + 1))) +
    lnFactorial(total) -
    lnFactorial(hit) -
    lnFactorial(total - hit)
  );
}
