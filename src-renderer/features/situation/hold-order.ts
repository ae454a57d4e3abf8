/** What a list shows while somebody works in it. */
export interface HeldOrder {
  readonly ids: readonly string[];
  /** New ones that belong above a held row and wait to be shown. */
  readonly waiting: readonly string[];
}

/**
 * Keeps everything down to the lowest of `anchors` where it is: nothing may move under the cursor. Below it the order is
 * as wanted. New ids that belong above wait; ids that are gone stay until the order is let go. When no anchor is shown,
 * the order is simply the wanted one.
 */
export function holdOrder(shown: readonly string[], wanted: readonly string[], anchors: readonly string[]): HeldOrder {
  const lowest = Math.max(-1, ...anchors.map((anchor) => shown.indexOf(anchor)));
  if (lowest < 0) return { ids: wanted, waiting: [] };
  const head = new Set(shown.slice(0, lowest + 1));
  const known = new Set(shown);
  const lastHeld = wanted.findLastIndex((id) => head.has(id));
  const waiting = wanted.filter((id, index) => index < lastHeld && !known.has(id));
  const held = new Set(waiting);
  return { ids: [...head, ...wanted.filter((id) => !head.has(id) && !held.has(id))], waiting };
}
