import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { parseQuery } from './query/parse.ts';
import type { ListWish } from './view/list-model.ts';
import { formatSort, parseSort, type Sort } from './view/sort.ts';

/** What of the list stands in the address, so that back, forward, reload and a link keep the place. */
export interface ListPlace {
  readonly queryText: string;
  readonly wish: ListWish;
  /** The alarm whose details are open. */
  readonly openAlarmId: string | null;
  setQuery(text: string): void;
  setSort(sort: Sort): void;
  show(what: 'cleared' | 'shelved' | 'suppressed' | 'flood', isShown: boolean): void;
  open(alarmId: string | null): void;
}

/** Reads and writes the address of the alarm list. Typing and moving replace the entry in the history, opening adds one. */
export function useListPlace(): ListPlace {
  const [parameters, setParameters] = useSearchParams();
  const queryText = parameters.get('q') ?? '';
  const sortText = parameters.get('sort');
  const shown = parameters.getAll('show').join(' ');
  const openAlarmId = parameters.get('alarm');

  const wish = useMemo<ListWish>(
    () => ({
      query: parseQuery(queryText),
      sort: parseSort(sortText),
      visibility: {
        showCleared: shown.includes('cleared'),
        showShelved: shown.includes('shelved'),
        showSuppressed: shown.includes('suppressed'),
        showFlood: shown.includes('flood'),
      },
    }),
    [queryText, sortText, shown],
  );

  const change = useCallback(
    (edit: (next: URLSearchParams) => void, replace: boolean) => {
      setParameters(
        (before) => {
          const next = new URLSearchParams(before);
          edit(next);
          return next;
        },
        { replace },
      );
    },
    [setParameters],
  );

  const setOrDrop = (next: URLSearchParams, name: string, value: string | null) => {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  };

  return {
    queryText,
    wish,
    openAlarmId,
    setQuery: (text) => change((next) => setOrDrop(next, 'q', text), true),
    setSort: (sort) => change((next) => next.set('sort', formatSort(sort)), true),
    show: (what, isShown) =>
      change((next) => {
        const others = next.getAll('show').filter((one) => one !== what);
        next.delete('show');
        for (const one of isShown ? [...others, what] : others) next.append('show', one);
      }, true),
    open: (alarmId) => change((next) => setOrDrop(next, 'alarm', alarmId), alarmId === null || openAlarmId !== null),
  };
}
