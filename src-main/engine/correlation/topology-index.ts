import type { CorrelationTopology } from '#engine/correlation/correlator.ts';

/** Neighbours of every entity in one relation: those of entity `e` are `targets[offsets[e]]` to `targets[offsets[e + 1] - 1]`. */
export interface Adjacency {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/**
 * The topology by number instead of by name: entities are 0 to `count - 1`, relations are flat arrays.
 * Built in time linear in entities and links; cycles, repeated links and links to entities that nobody listed are legal.
 */
export interface TopologyIndex {
  readonly count: number;
  readonly ids: readonly string[];
  /** Entity type as a number; `typeNames` gives the word. An entity known only from a link has type ''. */
  readonly types: Int32Array;
  readonly typeNames: readonly string[];
  /** Degrees; NaN where unknown. */
  readonly latitudes: Float64Array;
  readonly longitudes: Float64Array;
  /** What holds the entity. */
  readonly containers: Adjacency;
  readonly contents: Adjacency;
  /** What the entity needs in order to work. */
  readonly suppliers: Adjacency;
  readonly dependants: Adjacency;
  /** Transport links, both ways. */
  readonly peers: Adjacency;
  /** The number of an entity id; undefined where the topology does not know it. */
  indexOf(id: string): number | undefined;
}

export function buildTopologyIndex(topology: CorrelationTopology): TopologyIndex {
  const numbers = new Map<string, number>();
  const ids: string[] = [];
  const numberOf = (id: string): number => {
    let number = numbers.get(id);
    if (number === undefined) {
      number = ids.length;
      numbers.set(id, number);
      ids.push(id);
    }
    return number;
  };

  for (const entity of topology.entities) numberOf(entity.id);
  const contains: number[] = [];
  const depends: number[] = [];
  const connects: number[] = [];
  for (const link of topology.links) {
    const from = numberOf(link.from);
    const to = numberOf(link.to);
    if (from === to) continue;
    // An unknown kind says only that the two have to do with each other, which is what `connects` says.
    const list = link.kind === 'contains' ? contains : link.kind === 'depends_on' ? depends : connects;
    list.push(from, to);
  }

  const count = ids.length;
  const types = new Int32Array(count);
  const typeNumbers = new Map<string, number>([['', 0]]);
  const latitudes = new Float64Array(count).fill(Number.NaN);
  const longitudes = new Float64Array(count).fill(Number.NaN);
  for (const entity of topology.entities) {
    const number = numberOf(entity.id);
    let type = typeNumbers.get(entity.entityType);
    if (type === undefined) {
      type = typeNumbers.size;
      typeNumbers.set(entity.entityType, type);
    }
    types[number] = type;
    if (entity.geoLat !== null && entity.geoLon !== null) {
      latitudes[number] = entity.geoLat;
      longitudes[number] = entity.geoLon;
    }
  }

  return {
    count,
    ids,
    types,
    typeNames: [...typeNumbers.keys()],
    latitudes,
    longitudes,
    contents: adjacency(count, contains, 'forward'),
    containers: adjacency(count, contains, 'backward'),
    suppliers: adjacency(count, depends, 'forward'),
    dependants: adjacency(count, depends, 'backward'),
    peers: adjacency(count, connects, 'both'),
    indexOf: (id) => numbers.get(id),
  };
}

/** Flat neighbour lists from pairs (from, to, from, to, …); each neighbour once, in ascending order. */
function adjacency(count: number, pairs: readonly number[], direction: 'forward' | 'backward' | 'both'): Adjacency {
  const keys = new Float64Array(direction === 'both' ? pairs.length : pairs.length / 2);
  let used = 0;
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const from = pairs[at] ?? 0;
    const to = pairs[at + 1] ?? 0;
    if (direction !== 'backward') keys[used++] = from * count + to;
    if (direction !== 'forward') keys[used++] = to * count + from;
  }
  keys.sort();
  const offsets = new Int32Array(count + 1);
  const targets = new Int32Array(keys.length);
  let kept = 0;
  let previous = -1;
  for (const key of keys) {
    if (key === previous) continue;
    previous = key;
    const source = Math.floor(key / count);
    targets[kept++] = key - source * count;
    offsets[source + 1] = kept;
  }
  for (let entity = 1; entity <= count; entity += 1) {
    offsets[entity] = Math.max(offsets[entity] ?? 0, offsets[entity - 1] ?? 0);
  }
  return { offsets, targets: targets.subarray(0, kept) };
}
