/** A small seeded generator: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer, both ends included. */
  integer(low: number, high: number): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** Standard normal, cut off at three standard deviations. */
  normal(): number;
  pick<T>(items: readonly T[]): T;
  /** One key of the table, with the probability that its weight has among all weights. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
  shuffle<T>(items: readonly T[]): T[];
  /** An independent generator: draws here do not shift the draws there. */
  fork(label: string): Random;
}

function hashText(text: string, seed: number): number {
  let hash = 2166136261 ^ seed;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Doty-Humphrey's sfc32: 128 bits of state, passes PractRand; seeded by hashing the label. */
export function createRandom(seed: number, label = 'root'): Random {
  let a = hashText(label, seed);
  let b = hashText(`${label}/b`, seed);
  let c = hashText(`${label}/c`, seed);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) next();

  const random: Random = {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    normal: () => {
      const value = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.max(-3, Math.min(3, value));
    },
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('pick from an empty list');
      return item;
    },
    weighted: <K extends string>(weights: Readonly<Partial<Record<K, number>>>): K => {
      let sum = 0;
      for (const key in weights) sum += weights[key] ?? 0;
      let rest = next() * sum;
      let last: K | null = null;
      for (const key in weights) {
        last = key;
        rest -= weights[key] ?? 0;
        if (rest < 0) break;
      }
      if (last === null) throw new RangeError('weighted choice from an empty table');
      return last;
    },
    shuffle: (items) => {
      const result = [...items];
      for (let index = result.length - 1; index > 0; index--) {
        const other = Math.floor(next() * (index + 1));
        const [left, right] = [result[index], result[other]];
        if (left === undefined || right === undefined) continue;
        result[index] = right;
        result[other] = left;
      }
      return result;
    },
    fork: (inner) => createRandom(seed, `${label}/${inner}`),
  };
  return random;
}
