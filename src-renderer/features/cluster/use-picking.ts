import { useCallback, useState } from 'react';

/** The members that are chosen, until another cluster is looked at. */
export interface Picking {
  readonly picked: ReadonlySet<string>;
  pick(alarmIds: readonly string[], isPicked: boolean): void;
  pickNone(): void;
}

const none: ReadonlySet<string> = new Set();

export function usePicking(clusterId: string): Picking {
  const [choice, setChoice] = useState<{ readonly clusterId: string; readonly picked: ReadonlySet<string> }>({
    clusterId,
    picked: none,
  });
  const picked = choice.clusterId === clusterId ? choice.picked : none;
  return {
    picked,
    pick: useCallback(
      (alarmIds, isPicked) =>
        setChoice((before) => {
          const next = new Set(before.clusterId === clusterId ? before.picked : none);
          for (const alarmId of alarmIds) {
            if (isPicked) next.add(alarmId);
            else next.delete(alarmId);
          }
          return { clusterId, picked: next };
        }),
      [clusterId],
    ),
    pickNone: useCallback(() => setChoice({ clusterId, picked: none }), [clusterId]),
  };
}
