import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './virtual-list.module.css';

interface VirtualListProps<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Height of each row in pixels. */
  readonly rowHeight: number;
  readonly renderRow: (item: T, isSelected: boolean) => ReactNode;
  /** Accessible name of the list. */
  readonly label: string;
  /** Is scrolled into view when it changes. */
  readonly selectedKey?: string | null;
  /** A click. */
  readonly onSelect: (item: T) => void;
  /** A double click; the keys of the list belong to the screen. */
  readonly onOpen: (item: T) => void;
  readonly className?: string | undefined;
}

/** A scrolling list box of any length; only the rows in sight exist. Rows keep their places by key. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, rowHeight, renderRow, label, selectedKey = null, onSelect, onOpen, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const listId = useId();
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

  const rows = virtualizer.getVirtualItems();
  const isSelectedThere = rows.some((row) => row.key === selectedKey);
  return (
    <div
      ref={scroller}
      className={[styles.scroller, className].filter(Boolean).join(' ')}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={isSelectedThere ? `${listId}-${selectedKey}` : undefined}
    >
      <div className={styles.content} style={{ height: virtualizer.getTotalSize() }} role="presentation">
        {rows.map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          const isSelected = row.key === selectedKey;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of a list box belong to the list and to the screen.
            <div
              key={row.key}
              id={`${listId}-${row.key}`}
              className={styles.row}
              role="option"
              tabIndex={-1}
              aria-selected={isSelected}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
              onClick={() => onSelect(item)}
              onDoubleClick={() => onOpen(item)}
            >
              {renderRow(item, isSelected)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
