import { chooseFaults } from '#engine/correlation/choose-faults.ts';
import type { Evidence, Weights } from '#engine/correlation/evidence.ts';
import { listEvidence } from '#engine/correlation/evidence-lists.ts';
import { findCandidates } from '#engine/correlation/fault-candidates.ts';
import type { Influence } from '#engine/correlation/influence.ts';

/** One fault and the evidence that it explains. */
export interface Explanation<E extends Evidence> {
  readonly root: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Whether the root itself says nothing. */
  readonly silent: boolean;
  readonly members: E[];
}

/** Chooses the few faults that explain the evidence best, as the shortest description of what was heard (in nats). */
export function explainScene<E extends Evidence>(
  evidence: readonly E[],
  influence: Influence,
  weights: Weights,
): Explanation<E>[] {
  const order = [...evidence].sort((left, right) => left.kind - right.kind || left.startedAt - right.startedAt);
  const offers = findCandidates(order, listEvidence(order), influence, weights);
  const assigned = chooseFaults(order.length, offers, weights.faultCost);
  const members = new Map<number, E[]>();
  const chosen: Explanation<E>[] = [];
  order.forEach((piece, item) => {
    const at = assigned[item] ?? -1;
    if (at < 0) {
      chosen.push({ root: piece.entity, startedAt: piece.startedAt, silent: !piece.heard, members: [piece] });
      return;
    }
    const list = members.get(at);
    if (list === undefined) members.set(at, [piece]);
    else list.push(piece);
  });
  for (const [at, list] of members) {
    const candidate = offers.candidates[at];
    if (candidate === undefined) continue;
    chosen.push({ root: candidate.root, startedAt: candidate.startedAt, silent: candidate.silent, members: list });
  }
  return chosen;
}
