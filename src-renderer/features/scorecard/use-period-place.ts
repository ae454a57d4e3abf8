import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { type PeriodChoice, toLocalField } from './period.ts';

/** The chosen period stands in the address. */
export interface PeriodPlace {
  readonly choice: PeriodChoice;
  choose(kind: PeriodChoice['kind']): void;
  setCustom(part: { readonly from?: string; readonly to?: string }): void;
}

const day = 86_400_000;

/** Reads and writes the address; the last 24 hours when it says nothing. */
export function usePeriodPlace(): PeriodPlace {
  const [parameters, setParameters] = useSearchParams();
  const kind = parameters.get('period');
  const from = parameters.get('from') ?? '';
  const to = parameters.get('to') ?? '';
  const choice = useMemo<PeriodChoice>(
    () => (kind === 'custom' ? { kind, from, to } : { kind: kind === '7d' ? kind : '24h' }),
    [kind, from, to],
  );
  return {
    choice,
    choose(next) {
      if (next !== 'custom') {
        setParameters({ period: next });
        return;
      }
      const now = Date.now();
      setParameters({ period: next, from: toLocalField(now - day), to: toLocalField(now) });
    },
    setCustom: (part) => setParameters({ period: 'custom', from, to, ...part }, { replace: true }),
  };
}
