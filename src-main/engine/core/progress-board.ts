import type { CoreProgress } from './inputs.ts';

/** How far the core has come, as far as this thread was told, and who waits for it to come further. */
export interface ProgressBoard {
  progress(): CoreProgress;
  /** Inputs were acknowledged: the journal reaches to `head`. */
  acknowledged(head: number): void;
  reached(progress: CoreProgress): void;
  /** Resolves when everything that is acknowledged now is worked in, or when the time is over; null when it is already. */
  workedIn(milliseconds: number): Promise<void> | null;
  /** Lets everybody go who waits. */
  release(): void;
}

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
}

export function createProgressBoard(start: CoreProgress): ProgressBoard {
  let { head, position } = start;
  /** What somebody was told is on disk, before a restart too; only that must be seen by who asks next. */
  let acknowledgedHead = start.head;
  let waiters: Waiter[] = [];
  const letGo = (isDue: (waiter: Waiter) => boolean) => {
    const due = waiters.filter(isDue);
    if (due.length === 0) return;
    waiters = waiters.filter((waiter) => !isDue(waiter));
    for (const waiter of due) waiter.resolve();
  };
  return {
    progress: () => ({ head, position }),
    acknowledged(upTo) {
      acknowledgedHead = Math.max(acknowledgedHead, upTo);
      head = Math.max(head, upTo);
    },
    reached(progress) {
      head = Math.max(head, progress.head);
      position = progress.position;
      letGo((waiter) => waiter.position <= position);
    },
    workedIn(milliseconds) {
      if (position >= acknowledgedHead) return null;
      return new Promise((resolve) => {
        const timer = setTimeout(() => letGo((known) => known === waiter), milliseconds);
        const waiter: Waiter = {
          position: acknowledgedHead,
          resolve: () => {
            clearTimeout(timer);
            resolve();
          },
        };
        waiters.push(waiter);
      });
    },
    release: () => letGo(() => true),
  };
}
