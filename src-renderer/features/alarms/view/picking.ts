/** Which rows are selected, and from where a shift-click extends. */
export interface Picking {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const nothingPicked: Picking = { ids: new Set(), anchor: null };

/** Adds a row, or takes it out. */
export function togglePick(picking: Picking, alarmId: string): Picking {
  const ids = new Set(picking.ids);
  if (!ids.delete(alarmId)) {
    ids.add(alarmId);
  }
  return { ids, anchor: alarmId };
}

/** Adds every row between the anchor and `alarmId`, in the order on the screen; without an anchor just that row. */
export function extendPick(picking: Picking, order: readonly string[], alarmId: string): Picking {
  const to = order.indexOf(alarmId);
  const from = picking.anchor === null ? to : order.indexOf(picking.anchor);
  if (to === -1 || from === -1) {
    return togglePick(picking, alarmId);
  }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...picking.ids, ...range]), anchor: picking.anchor ?? alarmId };
}
