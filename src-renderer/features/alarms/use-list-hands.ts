import { useCallback, useEffect, useState } from 'react';
import type { ListModel } from './view/list-model.ts';
import { extendPick, nothingPicked, type Picking, togglePick } from './view/picking.ts';

/** What the operator's hands do in the list: the active row, the selected ones, and whether anybody is working in it. */
export interface ListHands {
  readonly cursor: string | null;
  readonly picking: Picking;
  /** Somebody works in the list, so its rows keep their places. */
  readonly isEngaged: boolean;
  /** The alarms that an operation is for: the selected ones, else the active one. */
  targets(): readonly string[];
  /** Moves the active row by `step`; from nowhere to the first row. */
  move(step: number): void;
  moveTo(index: number): void;
  setCursor(alarmId: string | null): void;
  pickCursor(): void;
  clickRow(alarmId: string, event: { tick: boolean; shift: boolean; toggle: boolean }): void;
  /** Selects everything that the list shows, or nothing when something is selected. */
  pickAllOrNone(): void;
  pickNone(): void;
  /** Drops the selection, then the active row. Answers false when there was nothing to drop. */
  letGo(): boolean;
  touch(touch: { pointer?: boolean; scrolled?: boolean }): void;
}

/** Keeps the hands' state for one list and tells the list whether to hold its rows. */
export function useListHands(model: ListModel): ListHands {
  const [cursor, setCursor] = useState<string | null>(null);
  const [picking, setPicking] = useState<Picking>(nothingPicked);
  const [hasPointer, setHasPointer] = useState(false);
  const [isScrolled, setIsScrolled] = useState(false);
  const isEngaged = hasPointer || isScrolled || cursor !== null || picking.ids.size > 0;

  useEffect(() => model.setEngaged(isEngaged), [model, isEngaged]);

  const touch = useCallback<ListHands['touch']>(({ pointer, scrolled }) => {
    if (pointer !== undefined) setHasPointer(pointer);
    if (scrolled !== undefined) setIsScrolled(scrolled);
  }, []);

  const ids = () => model.store.getState().order.ids;

  function moveTo(index: number): void {
    const id = ids()[Math.max(0, Math.min(ids().length - 1, index))];
    if (id !== undefined) setCursor(id);
  }

  return {
    cursor,
    picking,
    isEngaged,
    targets: () => (picking.ids.size > 0 ? [...picking.ids] : cursor === null ? [] : [cursor]),
    move(step) {
      const index = cursor === null ? -1 : ids().indexOf(cursor);
      moveTo(index === -1 ? 0 : index + step);
    },
    moveTo,
    setCursor,
    pickCursor() {
      if (cursor !== null) setPicking(togglePick(picking, cursor));
    },
    clickRow(alarmId, { tick, shift, toggle }) {
      if (shift) setPicking(extendPick(anchored(picking, cursor), ids(), alarmId));
      else if (tick || toggle) setPicking(togglePick(picking, alarmId));
      setCursor(alarmId);
    },
    pickAllOrNone() {
      setPicking(picking.ids.size > 0 ? nothingPicked : { ids: new Set(ids()), anchor: null });
    },
    pickNone: () => setPicking(nothingPicked),
    letGo() {
      if (picking.ids.size > 0) setPicking(nothingPicked);
      else if (cursor !== null) setCursor(null);
      else return false;
      return true;
    },
    touch,
  };
}

/** A shift-click without an earlier pick extends from the active row. */
function anchored(picking: Picking, cursor: string | null): Picking {
  return picking.anchor === null && cursor !== null ? { ...picking, anchor: cursor } : picking;
}
