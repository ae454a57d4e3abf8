import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './virtual-list.module.css';

interface VirtualListProps<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Height of each row in pixels. */
  readonly rowHeight: number;
  readonly renderRow: (item: T, index: number) => ReactNode;
  /** Accessible name of the list. */
  readonly label: string;
  /** Is scrolled into view when it changes. */
  readonly selectedKey?: string | null;
  readonly className?: string | undefined;
}

/** A scrolling list of any length; only the rows in sight exist. Rows keep their places by key. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, rowHeight, renderRow, label, selectedKey = null, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not a list that changed.
  useEffect(() => {
    if (selectedKey === null) return;
    const index = items.findIndex((item) => keyOf(item) === selectedKey);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [selectedKey]);

  return (
    <div ref={scroller} className={[styles.scroller, className].filter(Boolean).join(' ')}>
      <ul className={styles.content} style={{ height: virtualizer.getTotalSize() }} aria-label={label}>
        {virtualizer.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          return (
            <li
              key={row.key}
              className={styles.row}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
            >
              {renderRow(item, row.index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
