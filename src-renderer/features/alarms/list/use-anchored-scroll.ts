import { useLayoutEffect, useRef } from 'react';

/** The slice of a virtualizer that knows and moves the scroll position, without making the browser lay out the page. */
interface ScrollPosition {
  readonly scrollOffset: number | null;
  scrollToOffset(offset: number): void;
}

/** How many rows that went away are skipped to find one that is still there. */
const patience = 100;

/**
 * Keeps the row at the upper edge where it is when rows are put in or taken out above it. Only while `holds`; otherwise
 * the position stays and rows flow through it. With a new `epoch` the list goes to its top.
 */
export function useAnchoredScroll(
  position: ScrollPosition,
  ids: readonly string[],
  rowHeight: number,
  holds: boolean,
  epoch: number,
): void {
  const before = useRef({ ids, epoch });

  useLayoutEffect(() => {
    const { ids: idsBefore, epoch: epochBefore } = before.current;
    before.current = { ids, epoch };
    const offset = position.scrollOffset ?? 0;
    if (epochBefore !== epoch) {
      if (offset > 0) position.scrollToOffset(0);
      return;
    }
    if (!holds || idsBefore === ids) return;
    const top = Math.floor(offset / rowHeight);
    for (let index = top; index < Math.min(top + patience, idsBefore.length); index += 1) {
      const id = idsBefore[index];
      const place = id === ids[index] || id === undefined ? index : ids.indexOf(id);
      if (place === -1) continue;
      if (place !== index) position.scrollToOffset(offset + (place - index) * rowHeight);
      return;
    }
  }, [position, ids, rowHeight, holds, epoch]);
}
