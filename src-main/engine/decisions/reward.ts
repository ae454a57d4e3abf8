import type { Outcome } from '#shared/vocabulary/actions.ts';

/** What the evaluator knows after an action. */
export interface AfterAction {
  readonly outcome: Outcome;
  /** The operator's rating, 1 to 5; null when none was given. */
  readonly rating: number | null;
  /** Alarms of the cluster that stood when it was decided, and that stand now. */
  readonly activeBefore: number;
  readonly activeAfter: number;
  /** It was done although the policies would forbid it now or then. */
  readonly breachedPolicy: boolean;
}

const worth: Readonly<Record<Outcome, number>> = { worked: 1, did_not_work: -0.4, made_worse: -1, not_done: 0 };

/** A part of a reward, so that a score can be explained. */
export interface RewardPart {
  readonly what: string;
  readonly value: number;
}

/**
 * How well a decision came out, −1 to 1: 0.6 the outcome as reported, 0.25 the share of the cluster's alarms that cleared
 * (negative when more stand than before), 0.15 the operator's rating around its middle; a breach of policy costs 0.5.
 * Parts that are unknown count 0.
 */
export function rewardOf(after: AfterAction): { readonly reward: number; readonly parts: readonly RewardPart[] } {
  if (after.outcome === 'not_done') return { reward: 0, parts: [{ what: 'It was not done.', value: 0 }] };
  const cleared =
    after.activeBefore === 0 && after.activeAfter === 0
      ? 0
      : clamp((after.activeBefore - after.activeAfter) / Math.max(after.activeBefore, 1));
  const parts = [
    { what: `Outcome: ${after.outcome.replaceAll('_', ' ')}.`, value: 0.6 * worth[after.outcome] },
    { what: `Standing alarms: ${after.activeBefore} before, ${after.activeAfter} after.`, value: 0.25 * cleared },
    {
      what: after.rating === null ? 'No rating.' : `Rated ${after.rating} of 5.`,
      value: after.rating === null ? 0 : (0.15 * (after.rating - 3)) / 2,
    },
    ...(after.breachedPolicy ? [{ what: 'A policy was breached.', value: -0.5 }] : []),
  ];
  return { reward: clamp(parts.reduce((sum, { value }) => sum + value, 0)), parts };
}

const clamp = (value: number) => Math.max(-1, Math.min(1, value));

/** How a past decision counts for a new proposal. */
export interface Experience {
  readonly similarity: number;
  readonly reward: number;
}

/** The catalogue's prior counts like so many decisions. */
const priorWeight = 3;

/**
 * Where a proposal stands in the queue, 0 to 1: the mean reward of similar decisions, weighted by similarity and drawn
 * towards the catalogue's prior while little is known (an empirical-Bayes mean), times the confidence in the cause.
 * `exploration` adds an upper confidence bound, c·√(ln(N+1)/(n+1)) (Auer et al. 2002, UCB1); 0 in advisory mode, where
 * people explore. Policies are not asked here and are never overridden by a rank.
 */
export function rankOf(
  prior: number,
  confidence: number,
  experience: readonly Experience[],
  exploration = 0,
  decisionsInAll = 0,
): { readonly rank: number; readonly because: string } {
  const weight = experience.reduce((sum, { similarity }) => sum + similarity, 0);
  const gained = experience.reduce((sum, { similarity, reward }) => sum + similarity * ((reward + 1) / 2), 0);
  const mean = (priorWeight * prior + gained) / (priorWeight + weight);
  const bonus = exploration * Math.sqrt(Math.log(decisionsInAll + 1) / (experience.length + 1));
  return {
    rank: Math.max(0, Math.min(1, (mean + bonus) * (0.5 + 0.5 * confidence))),
    because:
      experience.length === 0
        ? `No similar decision yet: usual worth ${prior.toFixed(2)}, cause ${Math.round(confidence * 100)} % sure.`
        : `${experience.length} similar decisions: worth ${mean.toFixed(2)} of 1, cause ${Math.round(confidence * 100)} % sure.`,
  };
}
