import { useSearchParams } from 'wouter';

/** How far back the charts reach, days. */
export const spans = [1, 7, 28, 90] as const;
export type Span = (typeof spans)[number];

/** What is looked at stands in the address. */
export interface KpiPlace {
  readonly entityId: string | null;
  readonly span: Span;
  look(entityId: string): void;
  setSpan(span: Span): void;
}

/** Reads and writes the address; the last seven days when it says nothing. */
export function useKpiPlace(): KpiPlace {
  const [parameters, setParameters] = useSearchParams();
  const entityId = parameters.get('entity');
  const days = Number(parameters.get('days'));
  const span = spans.find((one) => one === days) ?? 7;
  const put = (entity: string | null, next: Span) =>
    setParameters({ ...(entity === null ? {} : { entity }), days: String(next) });
  return {
    entityId,
    span,
    look: (entity) => put(entity, span),
    setSpan: (next) => put(entityId, next),
  };
}
