import { useCallback, useState } from 'react';
import { type HeldOrder, holdOrder } from './hold-order.ts';

/** The order to show: the wanted one, except that nothing down to `anchors` moves. `release` takes in what waits. */
export function useHeldOrder(
  wanted: readonly string[],
  anchors: readonly string[],
): HeldOrder & { readonly release: () => void } {
  const [shown, setShown] = useState<readonly string[]>(wanted);
  const order = holdOrder(shown, wanted, anchors);
  if (!isSame(order.ids, shown)) setShown(order.ids);
  const release = useCallback(() => setShown([]), []);
  return { ...order, release };
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id, index) => id === right[index]);
}
