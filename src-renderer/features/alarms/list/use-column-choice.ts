import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import { type ColumnKey, type ColumnSpec, columns } from './columns.ts';

/** Which columns an operator wants, remembered on this machine. */
export interface ColumnChoice {
  readonly chosen: readonly ColumnSpec[];
  readonly hidden: ReadonlySet<string>;
  toggle(key: ColumnKey): void;
}

/** Reads and keeps the choice. Columns that always stand cannot be hidden, whatever is stored. */
export function useColumnChoice(): ColumnChoice {
  const [stored, setStored] = useLocalStorage({ key: 'pedkai.alarm-columns-hidden', defaultValue: '' });
  return useMemo(() => {
    const hidden = new Set(stored.split(' ').filter((key) => key !== ''));
    return {
      hidden,
      chosen: columns.filter((column) => column.dispensable === 0 || !hidden.has(column.key)),
      toggle(key) {
        const next = new Set(hidden);
        if (!next.delete(key)) next.add(key);
        setStored([...next].join(' '));
      },
    };
  }, [stored, setStored]);
}
