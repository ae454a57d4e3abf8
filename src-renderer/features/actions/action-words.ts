import type { Action } from '#shared/api/actions.ts';
import type { ActionState } from '#shared/vocabulary/actions.ts';

const waiting: readonly ActionState[] = ['proposed', 'approved', 'queued', 'executing', 'executed'];

/** A state in words. */
export function stateWords(state: ActionState): string {
  return state.replaceAll('_', ' ');
}

/** The queue: what waits for somebody first, the most promising above, then what is over, newest change first. */
export function inQueueOrder(actions: readonly Action[]): Action[] {
  const place = ({ state }: Action) => {
    const index = waiting.indexOf(state);
    return index === -1 ? waiting.length : index;
  };
  return actions.toSorted(
    (left, right) =>
      place(left) - place(right) ||
      (place(left) === waiting.length
        ? right.changed_at.localeCompare(left.changed_at)
        : right.blast.emergency_services - left.blast.emergency_services || right.rank - left.rank),
  );
}

/** Who would feel it, in a few words. */
export function blastWords({ blast }: Action): string {
  const parts = [
    `${blast.entities} ${blast.entities === 1 ? 'entity' : 'entities'}`,
    blast.emergency_services > 0 ? `${blast.emergency_services} emergency services` : '',
    blast.customers > 0 ? `${blast.customers} customers` : '',
    blast.best_tier === '' ? '' : blast.best_tier.toLowerCase(),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
