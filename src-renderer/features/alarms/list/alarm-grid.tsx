import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useId, useMemo, useRef } from 'react';
import { useListState } from '../use-alarm-list.ts';
import type { ListModel } from '../view/list-model.ts';
import type { Sort } from '../view/sort.ts';
import styles from './alarm-grid.module.css';
import { AlarmRow } from './alarm-row.tsx';
import { tooltipOf } from './cell-text.ts';
import { type ColumnSpec, fitColumns, gridTemplate } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { useAnchoredScroll } from './use-anchored-scroll.ts';

/** Height of a row in pixels; the stylesheet's `--row`. */
const rowHeight = 28;
/** Rows kept ready beyond each edge. */
const overscan = 10;

interface AlarmGridProps {
  readonly model: ListModel;
  readonly chosenColumns: readonly ColumnSpec[];
  readonly cursor: string | null;
  readonly picked: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
  /** Standing rows keep their places. */
  readonly holds: boolean;
  readonly onSort: (sort: Sort) => void;
  readonly onPickAll: () => void;
  readonly onClickRow: (alarmId: string, event: { tick: boolean; shift: boolean; toggle: boolean }) => void;
  readonly onOpenRow: (alarmId: string) => void;
  readonly onTouch: (touch: { pointer?: boolean; scrolled?: boolean }) => void;
}

/** The virtualised list. One focus for the whole grid; the active row is named to screen readers. */
export function AlarmGrid(props: AlarmGridProps) {
  const { model, cursor, picked, waiting, onTouch } = props;
  const order = useListState(model, (state) => state.order);
  const epoch = useListState(model, (state) => state.epoch);
  const byId = useListState(model, (state) => state.byId);
  const gone = useListState(model, (state) => state.gone);
  const sort = useListState(model, (state) => state.wish.sort);
  const listed = useListState(model, (state) => state.listed);
  const { ref: sizeRef, width } = useElementSize();
  const scroller = useRef<HTMLTableElement>(null);
  const ref = useMergedRef(scroller, sizeRef);
  const gridId = useId();
  const columns = useMemo(
    () => fitColumns(props.chosenColumns, width === 0 ? Number.POSITIVE_INFINITY : width),
    [props.chosenColumns, width],
  );
  const template = useMemo(() => gridTemplate(columns), [columns]);
  const domId = (index: number) => `${gridId}-${index}`;

  const virtualizer = useVirtualizer({
    count: order.ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
  });
  useAnchoredScroll(virtualizer, order.ids, rowHeight, props.holds, epoch);

  const isScrolled = (virtualizer.scrollOffset ?? 0) > 0;
  useEffect(() => onTouch({ scrolled: isScrolled }), [onTouch, isScrolled]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a moved cursor scrolls, not a list that changed.
  useEffect(() => {
    const index = cursor === null ? -1 : order.ids.indexOf(cursor);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [cursor]);

  function onClick(event: MouseEvent<HTMLTableElement>): void {
    const target = event.target instanceof Element ? event.target : null;
    const alarmId = target?.closest<HTMLElement>('[data-alarm]')?.dataset.alarm;
    if (alarmId === undefined || target?.closest('a') != null) return;
    const tick = target?.closest('[data-tick]') != null;
    props.onClickRow(alarmId, { tick, shift: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
  }

  function onDoubleClick(event: MouseEvent<HTMLTableElement>): void {
    const target = event.target instanceof Element ? event.target : null;
    const alarmId = target?.closest<HTMLElement>('[data-alarm]')?.dataset.alarm;
    if (alarmId !== undefined && target?.closest('[data-tick], a') == null) props.onOpenRow(alarmId);
  }

  function onHover(event: MouseEvent<HTMLTableElement>): void {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    if (cell === null) return;
    if (event.type === 'mouseover') cell.title = tooltipOf(cell);
    else cell.removeAttribute('title');
  }

  const cursorIndex = cursor === null ? -1 : order.ids.indexOf(cursor);
  const rows = virtualizer.getVirtualItems();
  const poolSize = Math.ceil((virtualizer.scrollRect?.height ?? 0) / rowHeight) + 2 * overscan + 2;
  const isCursorThere = rows.some((row) => row.index === cursorIndex);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the screen has keys for all that a click does.
    // biome-ignore lint/a11y/useKeyWithMouseEvents: what hovering tells stands in the details, which keys open.
    <table
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA grid pattern on a table; it takes the focus.
      role="grid"
      className={styles.grid}
      aria-label="Alarms"
      aria-rowcount={order.ids.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={isCursorThere ? domId(cursorIndex) : undefined}
      tabIndex={0}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onMouseOver={onHover}
      onMouseOut={onHover}
      onPointerEnter={() => onTouch({ pointer: true })}
      onPointerLeave={() => onTouch({ pointer: false })}
    >
      <thead className={styles.headGroup}>
        <GridHead
          columns={columns}
          template={template}
          sort={sort}
          picked={picked.size}
          total={listed}
          onSort={props.onSort}
          onPickAll={props.onPickAll}
        />
      </thead>
      <tbody className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {inPoolOrder(rows, poolSize).map((row) => {
          const alarmId = order.ids[row.index] ?? '';
          const alarm = byId.get(alarmId) ?? gone.get(alarmId);
          if (alarm === undefined) return null;
          return (
            <AlarmRow
              key={row.index % poolSize}
              alarm={alarm}
              domId={domId(row.index)}
              index={row.index}
              offset={row.start - rowHeight}
              columns={columns}
              template={template}
              isCursor={row.index === cursorIndex}
              isPicked={picked.has(alarm.alarm_id)}
              isWaiting={waiting.has(alarm.alarm_id)}
              isStale={order.stale > 0 && !model.lists(alarm)}
            />
          );
        })}
      </tbody>
    </table>
  );
}

/**
 * Rows by their place in the pool. A row that leaves one edge is used again for the one that comes in at the other, so
 * that scrolling changes texts instead of making or moving elements; `aria-rowindex` tells the true order.
 */
function inPoolOrder(rows: readonly VirtualItem[], poolSize: number): readonly VirtualItem[] {
  return rows.toSorted((left, right) => (left.index % poolSize) - (right.index % poolSize));
}
