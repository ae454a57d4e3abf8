import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** What of the situation stands in the address, so that reload and back keep the place. */
export interface SituationPlace {
  /** The cluster that was chosen; null while the worst one is shown by itself. */
  readonly chosenId: string | null;
  readonly isAloneShown: boolean;
  choose(clusterId: string): void;
  showAlone(isShown: boolean): void;
}

export function useSituationPlace(): SituationPlace {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (name: string, value: string | null) =>
      setParameters(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === null) next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return {
    chosenId: parameters.get('cluster'),
    isAloneShown: parameters.get('alone') === 'shown',
    choose: useCallback((clusterId: string) => set('cluster', clusterId), [set]),
    showAlone: useCallback((isShown: boolean) => set('alone', isShown ? 'shown' : null), [set]),
  };
}
