import type { Causes } from '#engine/correlation/influence.ts';

/** Something that wants explaining: a condition, or a fault found on a smaller scale. */
export interface Evidence {
  readonly entity: number;
  readonly entityType: number;
  /** Alike evidence of alike entities has the same kind. */
  readonly kind: number;
  /** Share of the entities of this type that would say it in this way, 0 to 1: those of one vendor. */
  readonly share: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** What could have brought it. */
  readonly causes: Causes;
  /** False for a fault whose root says nothing: it is no evidence that the root failed. */
  readonly heard: boolean;
}

export interface Weights {
  /** Nats of naming one more fault: which entity, when. */
  readonly faultCost: number;
  /** A root that says nothing itself. */
  readonly silentCost: number;
  /** What a further stage costs besides its time. */
  readonly kindCost: number;
  /** What each way of reaching costs per stage, in the order of `reaches`. */
  readonly reachCosts: readonly number[];
}

export const defaultWeights: Weights = {
  faultCost: 13,
  silentCost: 0.7,
  kindCost: 0.2,
  reachCosts: [0, 0.3, 1, 0, 0.5, 0.5],
};
