import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import {
  type IncidentFilter,
  type IncidentSort,
  incidentOwnerFilters,
  incidentSortKeys,
  incidentStateFilters,
} from './incident-list.ts';

/** What of the incident list stands in the address. */
export interface IncidentsPlace {
  readonly filter: IncidentFilter;
  readonly sort: IncidentSort;
  setFilter(part: Partial<IncidentFilter>): void;
  setSort(sort: IncidentSort): void;
}

const defaults = { state: 'open', owner: 'anybody', q: '', sort: '-urgency' } as const;

/** Reads and writes the address; what is as usual does not stand in it. */
export function useIncidentsPlace(): IncidentsPlace {
  const [parameters, setParameters] = useSearchParams();
  const state = parameters.get('state');
  const owner = parameters.get('owner');
  const words = parameters.get('q') ?? '';
  const sortText = parameters.get('sort') ?? defaults.sort;

  const filter = useMemo<IncidentFilter>(
    () => ({
      state: incidentStateFilters.find((one) => one === state) ?? defaults.state,
      owner: incidentOwnerFilters.find((one) => one === owner) ?? defaults.owner,
      words,
    }),
    [state, owner, words],
  );
  const sort = useMemo<IncidentSort>(
    () => ({
      key: incidentSortKeys.find((one) => one === sortText.replace(/^-/u, '')) ?? 'urgency',
      descending: sortText.startsWith('-'),
    }),
    [sortText],
  );

  function write(name: keyof typeof defaults, value: string): void {
    setParameters(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === defaults[name]) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  }

  return {
    filter,
    sort,
    setFilter(part) {
      if (part.state !== undefined) write('state', part.state);
      if (part.owner !== undefined) write('owner', part.owner);
      if (part.words !== undefined) write('q', part.words);
    },
    setSort: ({ key, descending }) => write('sort', `${descending ? '-' : ''}${key}`),
  };
}
