/**
 * When an alarm comes and goes too often. Pure. The damping is that of route flaps, RFC 2439 §4.2: every raise adds a
 * penalty that halves with time; above one limit the alarm is held open, below a lower one it is let go. Two limits and
 * not one, so that what wavers about a limit does not flap itself.
 */
import { z } from 'zod';

const momentSchema = z.int();

/** What is remembered of an alarm that was raised more than once. Times are milliseconds since the epoch. */
export const flapStateSchema = z.object({
  /** Its latest raises by the source's clock, oldest first, at most three. */
  raises: z.array(momentSchema).max(3),
  /** As of the latest raise. */
  penalty: z.number().nonnegative(),
  /** When the engine last saw it raised or cleared, by the engine's clock. */
  seen_at: momentSchema,
  /** Since when it is held open; null while it does not flap. */
  flapping_since: momentSchema.nullable(),
  /** Raises and clears since then. */
  changes: z.int().nonnegative(),
  /** The source's last word while it is held open: cleared then, or null: raised. */
  source_cleared_at: momentSchema.nullable(),
  /** When it last chattered; null: never. */
  chattered_at: momentSchema.nullable(),
  /** How often it was raised within a burst of chattering, all in all. */
  chatters: z.int().nonnegative(),
});
export type FlapState = z.infer<typeof flapStateSchema>;

/** RFC 2439 leaves the figures open. A raise counts 1000, as routers count it. */
const penaltyOfRaise = 1_000;
/** The third raise within a few minutes begins it: 1000 + 1000 + 1000, less what has faded. */
export const holdAbove = 2_000;
/** Half of what one would call settled: two and a half half-lives after a long flapping. */
export const letGoBelow = 750;
/** Field equipment flaps by the minute, routers by the second: five minutes instead of the usual fifteen, as each wait is a wait for the final state. */
export const halfLifeMilliseconds = 300_000;
/** However long it flapped, it is let go after so much quiet. */
export const longestHoldMilliseconds = 900_000;
const mostPenalty = letGoBelow * 2 ** (longestHoldMilliseconds / halfLifeMilliseconds);

/** Chattering, ISA-18.2 as restated by public sources: raised three or more times in one minute. */
export const chatterRaises = 3;
export const chatterMilliseconds = 60_000;

/** An alarm that was raised once, at `raisedAt`. */
export function firstRaise(raisedAt: number, now: number): FlapState {
  return {
    raises: [raisedAt],
    penalty: penaltyOfRaise,
    seen_at: now,
    flapping_since: null,
    changes: 0,
    source_cleared_at: null,
    chattered_at: null,
    chatters: 0,
  };
}

/** The alarm was raised again after it had been cleared. Begins the holding when that was once too often. */
export function raisedAgain(state: FlapState, raisedAt: number, now: number): FlapState {
  const latest = state.raises.at(-1) ?? raisedAt;
  const penalty = Math.min(mostPenalty, faded(state.penalty, raisedAt - latest) + penaltyOfRaise);
  const raises = [...state.raises, raisedAt].sort((left, right) => left - right).slice(-chatterRaises);
  const first = raises[0] ?? raisedAt;
  const chatters = raises.length === chatterRaises && raisedAt - first <= chatterMilliseconds;
  const begins = state.flapping_since === null && penalty > holdAbove;
  return {
    raises,
    penalty,
    seen_at: now,
    flapping_since: begins ? now : state.flapping_since,
    changes: begins || state.flapping_since === null ? 0 : state.changes + 1,
    source_cleared_at: null,
    chattered_at: chatters ? now : state.chattered_at,
    chatters: chatters ? state.chatters + 1 : state.chatters,
  };
}

/** The source says that the alarm, which is held open, has ended; a later clear replaces an earlier one. */
export function clearedWhileHeld(state: FlapState, clearedAt: number, now: number): FlapState {
  const isChange = state.source_cleared_at === null;
  return {
    ...state,
    seen_at: isChange ? now : state.seen_at,
    changes: isChange ? state.changes + 1 : state.changes,
    source_cleared_at: Math.max(clearedAt, state.source_cleared_at ?? clearedAt),
  };
}

/** Let go: what the source said last is the final state. */
export function letGo(state: FlapState): FlapState {
  return { ...state, flapping_since: null, changes: 0, source_cleared_at: null, penalty: 0 };
}

/** When the holding ends unless something comes, by the engine's clock; null while nothing is held. */
export function heldUntil(state: FlapState): number | null {
  if (state.flapping_since === null) return null;
  return state.seen_at + Math.ceil(halfLifeMilliseconds * Math.log2(Math.max(1, state.penalty / letGoBelow)));
}

function faded(penalty: number, milliseconds: number): number {
  return penalty * 2 ** (-Math.max(0, milliseconds) / halfLifeMilliseconds);
}
