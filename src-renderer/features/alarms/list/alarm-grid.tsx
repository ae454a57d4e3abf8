import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useId, useMemo, useRef } from 'react';
import { useListState } from '../use-alarm-list.ts';
import type { ListModel } from '../view/list-model.ts';
import type { Sort } from '../view/sort.ts';
import styles from './alarm-grid.module.css';
import { AlarmRow } from './alarm-row.tsx';
import { type ColumnSpec, fitColumns, gridTemplate } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { useAnchoredScroll } from './use-anchored-scroll.ts';

/** Height of a row in pixels; the stylesheet's `--row`. */
const rowHeight = 28;

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
    overscan: 12,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    getItemKey: (index) => order.ids[index] ?? index,
  });
  useAnchoredScroll(scroller, order.ids, rowHeight, props.holds, epoch);

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

  const cursorIndex = cursor === null ? -1 : order.ids.indexOf(cursor);
  const rows = virtualizer.getVirtualItems();
  const isCursorThere = rows.some((row) => row.index === cursorIndex);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the screen's keys do all that a click does.
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
      onPointerEnter={() => onTouch({ pointer: true })}
      onPointerLeave={() => onTouch({ pointer: false })}
      onScroll={(event) => onTouch({ scrolled: event.currentTarget.scrollTop > 0 })}
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
        {rows.map((row) => {
          const alarm = byId.get(order.ids[row.index] ?? '');
          if (alarm === undefined) return null;
          return (
            <AlarmRow
              key={row.key}
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
