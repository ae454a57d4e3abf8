import { useMemo } from 'react';
import { useNow } from '#renderer/state/clock.ts';
import { useConsoleState } from '#renderer/state/hooks.ts';
import { type Remote, useRemote } from '#renderer/state/use-remote.ts';
import type { Scorecard } from '#shared/api/scorecard.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { type Period, type PeriodChoice, periodBefore, periodOf } from './period.ts';

/** A period and the one right before it. */
export interface ScorecardPair {
  readonly period: Period;
  readonly now: Scorecard;
  readonly before: Scorecard;
}

/** The scorecards of a choice, or what is wrong with it. Relative periods are asked again each minute. */
export function useScorecard(
  choice: PeriodChoice,
): { readonly fault: string } | (Remote<ScorecardPair> & { readonly reload: () => void; readonly fault: null }) {
  const minute = useNow((now) => Math.floor(now / 60_000));
  const tenantId = useConsoleState((state) => state.tenantId);
  const period = useMemo(() => periodOf(choice, minute * 60_000 + 1), [choice, minute]);
  const fault = typeof period === 'string' ? period : null;
  const remote = useRemote(
    fault === null ? `scorecard ${tenantId} ${JSON.stringify(choice)}` : null,
    choice.kind === 'custom' ? '' : minute,
    async (client, signal): Promise<ScorecardPair> => {
      if (typeof period === 'string') throw new Error(period);
      const get = ({ from, to }: Period) =>
        client.scorecard.get({ from: toTimestamp(from), to: toTimestamp(to) }, { signal });
      const [now, before] = await Promise.all([get(period), get(periodBefore(period))]);
      return { period, now, before };
    },
  );
  return fault === null ? { ...remote, fault } : { fault };
}
