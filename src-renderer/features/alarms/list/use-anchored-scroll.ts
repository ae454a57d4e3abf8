import { type RefObject, useLayoutEffect, useRef } from 'react';

interface Anchor {
  readonly id: string;
  /** How far its upper edge stands below the scroller's. */
  readonly distance: number;
}

/**
 * Keeps the row at the upper edge where it is when rows are put in or taken out above it. Only while `holds`; otherwise
 * the scroller stays at its position and rows flow through it. With a new `epoch` the scroller goes to its top.
 */
export function useAnchoredScroll(
  scroller: RefObject<HTMLElement | null>,
  ids: readonly string[],
  rowHeight: number,
  holds: boolean,
  epoch: number,
): void {
  const anchor = useRef<Anchor | null>(null);
  const before = useRef({ ids, epoch });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (before.current.epoch !== epoch) {
      element.scrollTop = 0;
    } else if (holds && before.current.ids !== ids && anchor.current !== null) {
      const { id, distance } = anchor.current;
      const index = ids[Math.round((element.scrollTop + distance) / rowHeight)] === id ? -1 : ids.indexOf(id);
      if (index >= 0) element.scrollTop = index * rowHeight - distance;
    }
    before.current = { ids, epoch };

    function remember(): void {
      if (element === null) return;
      const index = Math.floor(element.scrollTop / rowHeight);
      const id = ids[index];
      anchor.current = id === undefined ? null : { id, distance: index * rowHeight - element.scrollTop };
    }
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [scroller, ids, rowHeight, holds, epoch]);
}
