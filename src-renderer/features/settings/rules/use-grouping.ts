import { useState } from 'react';
import { type CallError, describeError } from '#renderer/console-api/call-error.ts';
import { useConsoleClient, useConsoleState } from '#renderer/state/hooks.ts';
import { type Remote, useRemote } from '#renderer/state/use-remote.ts';
import type { CausesOutput } from '#shared/api/causes.ts';
import type { ConsoleClient } from '#shared/api/contract.ts';
import type { GroupingHabit, GroupingRuleVersion } from '#shared/api/grouping.ts';

type Reloadable<T> = Remote<T> & { readonly reload: () => void };

/** What correlation goes by beyond its own judgement, and how to change it. */
export interface Grouping {
  readonly rules: Reloadable<{ readonly items: readonly GroupingRuleVersion[] }>;
  readonly habits: Reloadable<{ readonly items: readonly GroupingHabit[] }>;
  readonly causes: Reloadable<CausesOutput>;
  readonly failure: CallError | null;
  /** Answers whether it worked; everything is asked for again. */
  change(work: (client: ConsoleClient) => Promise<unknown>): Promise<boolean>;
}

export function useGrouping(): Grouping {
  const client = useConsoleClient();
  const tenantId = useConsoleState((state) => state.tenantId);
  const [failure, setFailure] = useState<CallError | null>(null);
  const rules = useRemote(tenantId, '', (api, signal) => api.grouping.rules.list(undefined, { signal }));
  const habits = useRemote(tenantId, '', (api, signal) => api.grouping.habits.list(undefined, { signal }));
  const causes = useRemote(tenantId, '', (api, signal) => api.causes.list(undefined, { signal }));
  return {
    rules,
    habits,
    causes,
    failure,
    async change(work) {
      setFailure(null);
      try {
        await work(client);
        return true;
      } catch (error) {
        setFailure(describeError(error));
        return false;
      } finally {
        for (const remote of [rules, habits, causes]) remote.reload();
      }
    },
  };
}
