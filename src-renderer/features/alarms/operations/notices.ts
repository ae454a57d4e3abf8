import { doneSentence, type OperationRequest, refusedSentence, undoOf } from './patches.ts';

/** An alarm that the engine refused to change, and why. */
export interface Refusal {
  readonly alarmId: string;
  readonly message: string;
}

/** What became of an operation, fit for the screen. */
export interface Notice {
  readonly tone: 'done' | 'refused';
  readonly text: string;
  readonly detail: string;
  readonly refusals: readonly Refusal[];
  /** What takes it back, and for which alarms; null when it cannot be taken back. */
  readonly undo: { readonly request: OperationRequest; readonly alarmIds: readonly string[] } | null;
}

/** What the engine said, over all calls of one operation. `failure`: a call failed as a whole, the rest was not tried. */
export interface OperationAnswer {
  readonly done: readonly string[];
  readonly refused: readonly Refusal[];
  readonly failure: string | null;
}

/** Puts an answer into words: what was done, what was refused and why, and what was never answered. */
export function noticeOf(request: OperationRequest, asked: number, answer: OperationAnswer): Notice {
  const { done, refused, failure } = answer;
  const takeBack = done.length === 0 ? null : undoOf(request);
  const undo = takeBack === null ? null : { request: takeBack, alarmIds: done };
  const missing = asked - done.length;
  if (missing === 0) {
    return { tone: 'done', text: doneSentence(request, done.length), detail: '', refusals: [], undo };
  }
  const rest = done.length > 0 ? `${doneSentence(request, done.length)}.` : '';
  const detail = [failure ?? '', rest].filter((part) => part !== '').join(' — ');
  return { tone: 'refused', text: refusedSentence(request, missing, asked), detail, refusals: refused, undo };
}
