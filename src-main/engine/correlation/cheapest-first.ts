/** Numbered things in order of cost; at one cost the smaller number comes first. */
export interface CheapestFirst {
  push(number: number, cost: number): void;
  /** Takes out the cheapest; -1 when empty. */
  pop(): number;
  /** Cost of the cheapest; Infinity when empty. */
  least(): number;
}

/** A binary heap. */
export function createQueue(): CheapestFirst {
  const numbers: number[] = [];
  const costs: number[] = [];
  const before = (left: number, right: number): boolean => {
    const difference = (costs[left] ?? 0) - (costs[right] ?? 0);
    return difference < 0 || (difference === 0 && (numbers[left] ?? 0) < (numbers[right] ?? 0));
  };
  const swap = (left: number, right: number): void => {
    const number = numbers[left] ?? 0;
    const cost = costs[left] ?? 0;
    numbers[left] = numbers[right] ?? 0;
    costs[left] = costs[right] ?? 0;
    numbers[right] = number;
    costs[right] = cost;
  };
  return {
    push(number, cost) {
      numbers.push(number);
      costs.push(cost);
      let at = numbers.length - 1;
      while (at > 0) {
        const up = (at - 1) >> 1;
        if (!before(at, up)) break;
        swap(at, up);
        at = up;
      }
    },
    pop() {
      const top = numbers[0];
      if (top === undefined) return -1;
      swap(0, numbers.length - 1);
      numbers.pop();
      costs.pop();
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= numbers.length) break;
        if (down + 1 < numbers.length && before(down + 1, down)) down += 1;
        if (!before(down, at)) break;
        swap(down, at);
        at = down;
      }
      return top;
    },
    least: () => costs[0] ?? Number.POSITIVE_INFINITY,
  };
}
