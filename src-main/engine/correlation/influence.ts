import type { Adjacency, TopologyIndex } from '#engine/correlation/topology-index.ts';
import { findGateways } from '#engine/correlation/transport-blocks.ts';

/**
 * How the failure of an entity can reach another one.
 * `below`: through what it holds, what needs it and what it alone connects. `beside`: the far end of a transport link.
 * `behind`: below such a far end, which may itself be dead. `named`: the alarm names the entity. `around`: what holds
 * something that feels it, as where a second system tells of the place instead of the equipment. `housed`: stands in one
 * place with it, or with what needs it, where the topology does not say what they have to do with each other.
 */
export const reaches = { below: 0, beside: 1, behind: 2, named: 3, around: 4, housed: 5 } as const;
export const reachCount = 6;

/** Nats per step: what needs a dead supplier nearly always feels it, what is merely housed in the same place often not. */
const needStrain = 0.25;
const partStrain = 0.3;
const placeStrain = 1.2;
const partToWholeStrain = 2;
const gatewayStrain = 0.1;

/** A failure is not followed farther than this many steps. */
const deepest = 24;
/** Beyond so many links an entity is a hub that says nothing about one neighbour's alarm. */
const crowd = 64;
/** Beyond so many links an entity's own death is not looked for at each neighbour. */
const smallCrowd = 12;
const behindDepth = 3;
/** Far ends of which the suppliers are looked at too. */
const mostEnds = 12;
/** A container of more things than this is not alarmed about for one of them. */
const fullPlace = 40;
const aroundDepth = 4;
/** Entities with more possible causes than this keep the nearest. */
const mostCauses = 160;
/** Remembered closures; forgotten all at once when full, so that memory stays bounded. */
const mostRemembered = 100_000;

/** Every entity whose failure could be felt at one, nearest first, the entity itself first of all. */
export interface Causes {
  /** `cause * reachCount + reach`. */
  readonly codes: ArrayLike<number>;
  /** For `below`: the entity next to the cause through which its failure comes. */
  readonly via: ArrayLike<number>;
  /** Nats for the steps on the way: a failure need not pass every one. */
  readonly strain: ArrayLike<number>;
}

/** Who can make whom alarm, computed on demand and remembered. */
export interface Influence {
  causesOf(entity: number): Causes;
  /** How many entities of a type the failure of `code` could reach. */
  reachable(code: number, entityType: number): number;
  /** Whether it houses equipment and neither works nor fails by itself. */
  isPlace(entity: number): boolean;
  /** Whether it passes on traffic of others. */
  carriesTraffic(entity: number): boolean;
  /** How many entities it holds, supplies or alone connects directly. */
  branchCount(entity: number): number;
  /** How many transport links end at it. */
  linkCount(entity: number): number;
  /** Whether it is a place that holds places or very much equipment: such a place does not fail as a whole. */
  isRegion(entity: number): boolean;
  /** The single node whose loss cuts this one off; -1 for none. */
  gatewayOf(entity: number): number;
}

export function createInfluence(topology: TopologyIndex): Influence {
  const transit = transitEntities(topology);
  const gateways = findGateways(topology.count, topology.peers, transit);
  attachLeaves(topology, gateways, transit);
  const beyond = invert(topology.count, gateways);
  const { containers, suppliers, contents, dependants, peers } = topology;
  const causes = new Map<number, Causes>();
  const reachCounts = new Map<number, Map<number, number>>();
  const stamps = new Int32Array(topology.count);
  const depths = new Uint8Array(topology.count);
  const cameFrom = new Int32Array(topology.count);
  const strains = new Float64Array(topology.count);
  let stamp = 0;

  const degree = (adjacency: Adjacency, entity: number): number =>
    (adjacency.offsets[entity + 1] ?? 0) - (adjacency.offsets[entity] ?? 0);

  const places = placeTypes(topology);
  /** A place houses equipment; it does not itself work or fail. */
  const isPlace = (entity: number): boolean => places[topology.types[entity] ?? 0] === 1;

  const holdsPlaces = (entity: number): boolean => {
    if (degree(contents, entity) > fullPlace) return true;
    for (let link = contents.offsets[entity] ?? 0; link < (contents.offsets[entity + 1] ?? 0); link += 1) {
      const inside = contents.targets[link] ?? 0;
      if (isPlace(inside) && degree(contents, inside) > 0) return true;
    }
    return false;
  };

  const queue = new Int32Array(topology.count + 1);
  let queued = 0;
  const visit = (entity: number, from: number, strain: number, depth: number): void => {
    if (stamps[entity] === stamp) return;
    stamps[entity] = stamp;
    depths[entity] = depth;
    cameFrom[entity] = from;
    strains[entity] = strain;
    queue[queued] = entity;
    queued += 1;
  };
  /** Everything within `limit` steps along the relations, nearest first: `queue[0]` to `queue[answer - 1]` until the next call. */
  const closure = (start: number, relations: readonly Adjacency[], next: Int32Array | null, limit: number): number => {
    stamp += 1;
    queued = 0;
    visit(start, start, 0, 0);
    for (let at = 0; at < queued; at += 1) {
      const entity = queue[at] ?? start;
      const depth = (depths[entity] ?? 0) + 1;
      if (depth > limit) break;
      const strain = strains[entity] ?? 0;
      for (let number = 0; number < relations.length; number += 1) {
        const relation = relations[number];
        if (relation === undefined) continue;
        const end = relation.offsets[entity + 1] ?? 0;
        for (let link = relation.offsets[entity] ?? 0; link < end; link += 1) {
          const other = relation.targets[link] ?? 0;
          const step = relation !== containers ? needStrain : isPlace(other) ? placeStrain : partStrain;
          visit(other, entity, strain + step, depth);
        }
      }
      const gateway = next === null ? -1 : (next[entity] ?? -1);
      if (gateway >= 0) visit(gateway, entity, strain + gatewayStrain, depth);
    }
    return queued;
  };
  const upward = [suppliers, containers];
  const downward = [contents, dependants, beyond];

  /** Far ends of the links of an entity, looking through what merely joins two others (a fibre, a radio hop). */
  const farEnds = (entity: number): number[] => {
    const found: number[] = [];
    for (let link = peers.offsets[entity] ?? 0; link < (peers.offsets[entity + 1] ?? 0); link += 1) {
      let previous = entity;
      let current = peers.targets[link] ?? 0;
      for (let hop = 0; hop < 4; hop += 1) {
        found.push(current);
        if (degree(peers, current) !== 2) break;
        const first = peers.offsets[current] ?? 0;
        const onward = peers.targets[first] === previous ? peers.targets[first + 1] : peers.targets[first];
        if (onward === undefined || onward === entity) break;
        previous = current;
        current = onward;
      }
    }
    return found;
  };

  const found = {
    codes: new Int32Array(mostCauses),
    via: new Int32Array(mostCauses),
    strain: new Float32Array(mostCauses),
  };
  let foundCount = 0;
  const marks = new Int32Array(topology.count);
  let mark = 0;
  const note = (cause: number, reach: number, via: number, strain: number): void => {
    if (marks[cause] === mark || foundCount === mostCauses) return;
    marks[cause] = mark;
    found.codes[foundCount] = cause * reachCount + reach;
    found.via[foundCount] = via;
    found.strain[foundCount] = strain;
    foundCount += 1;
  };
  const noteBehind = (supplier: number): void => {
    if ((depths[supplier] ?? 0) > behindDepth || degree(peers, supplier) > smallCrowd) return;
    const end = peers.offsets[supplier + 1] ?? 0;
    for (let link = peers.offsets[supplier] ?? 0; link < end; link += 1) {
      note(peers.targets[link] ?? 0, reaches.behind, supplier, strains[supplier] ?? 0);
    }
  };
  const noteAround = (entity: number): void => {
    // Equipment seldom complains of one of its parts; of a place it is all that is ever said.
    const extra = isPlace(entity) ? 0 : partToWholeStrain;
    const size = Math.min(closure(entity, [contents], null, aroundDepth), fullPlace * 2);
    for (const inside of queue.slice(1, size)) {
      const causesInside = closure(inside, upward, gateways, 3);
      for (let at = 0; at < causesInside; at += 1) {
        const cause = queue[at] ?? inside;
        note(cause, reaches.around, inside, (strains[cause] ?? 0) + extra);
      }
    }
  };
  /** What takes down the far end of a link is felt at this end. */
  const noteBesideOf = (end: number): void => {
    const size = closure(end, [suppliers], null, behindDepth);
    for (let at = 1; at < size; at += 1) {
      const cause = queue[at] ?? end;
      note(cause, reaches.beside, end, strains[cause] ?? 0);
    }
  };
  /** Stands in a place by itself: nobody recorded what needs it there, as with power equipment in many inventories. */
  const standsAlone = (entity: number): boolean =>
    transit[entity] === 0 &&
    degree(dependants, entity) === 0 &&
    degree(contents, entity) === 0 &&
    !hasSupplierInPlace(entity);
  const hasSupplierInPlace = (entity: number): boolean => {
    const place = containers.targets[containers.offsets[entity] ?? 0] ?? -1;
    for (let link = suppliers.offsets[entity] ?? 0; link < (suppliers.offsets[entity + 1] ?? 0); link += 1) {
      const supplier = suppliers.targets[link] ?? 0;
      const first = containers.offsets[supplier] ?? 0;
      if (first < (containers.offsets[supplier + 1] ?? 0) && containers.targets[first] === place) return true;
    }
    return false;
  };
  const noteHoused = (place: number, strain: number): void => {
    if (!isPlace(place) || degree(contents, place) > fullPlace) return;
    for (let link = contents.offsets[place] ?? 0; link < (contents.offsets[place + 1] ?? 0); link += 1) {
      const inside = contents.targets[link] ?? 0;
      if (!standsAlone(inside)) continue;
      note(inside, reaches.housed, inside, strain);
      for (const relation of [suppliers, peers]) {
        if (degree(relation, inside) > 2) continue;
        for (let at = relation.offsets[inside] ?? 0; at < (relation.offsets[inside + 1] ?? 0); at += 1) {
          note(relation.targets[at] ?? 0, reaches.housed, inside, strain + needStrain);
        }
      }
    }
  };
  const findCauses = (entity: number): Causes => {
    if (entity >= topology.count) return { codes: [entity * reachCount + reaches.below], via: [entity], strain: [0] };
    mark += 1;
    foundCount = 0;
    let above = closure(entity, upward, gateways, deepest);
    for (let at = 0; at < above; at += 1) {
      const cause = queue[at] ?? entity;
      note(cause, reaches.below, cameFrom[cause] ?? entity, strains[cause] ?? 0);
    }
    if (degree(peers, entity) <= crowd) {
      const ends = farEnds(entity);
      for (const cause of ends) note(cause, reaches.beside, entity, 0);
      for (const end of ends.slice(0, mostEnds)) noteBesideOf(end);
    }
    above = closure(entity, upward, gateways, deepest);
    for (let at = 1; at < above; at += 1) noteBehind(queue[at] ?? entity);
    for (let at = 1; at < above; at += 1) {
      const place = queue[at] ?? entity;
      if ((depths[place] ?? 0) <= aroundDepth) noteHoused(place, strains[place] ?? 0);
    }
    const held = degree(contents, entity);
    if (held > 0 && held <= fullPlace) noteAround(entity);
    return {
      codes: found.codes.slice(0, foundCount),
      via: found.via.slice(0, foundCount),
      strain: found.strain.slice(0, foundCount),
    };
  };

  const countReach = (code: number): Map<number, number> => {
    const cause = Math.floor(code / reachCount);
    const reach = code % reachCount;
    const counts = new Map<number, number>();
    if (cause >= topology.count) return counts;
    const count = (entity: number): void => {
      const type = topology.types[entity] ?? 0;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    };
    if (reach === reaches.below) {
      const size = closure(cause, downward, null, deepest);
      for (let at = 0; at < size; at += 1) count(queue[at] ?? cause);
    } else if (reach === reaches.beside) {
      const down = queue.slice(0, closure(cause, [dependants], null, behindDepth));
      const ends = new Set<number>();
      for (const entity of down) {
        if (degree(peers, entity) > crowd) continue;
        for (const end of farEnds(entity)) if (degree(peers, end) <= crowd) ends.add(end);
      }
      for (const entity of ends) count(entity);
    } else if (reach === reaches.housed) {
      const places = new Set<number>();
      const addPlaces = (entity: number): void => {
        for (let link = containers.offsets[entity] ?? 0; link < (containers.offsets[entity + 1] ?? 0); link += 1) {
          const place = containers.targets[link] ?? 0;
          if (isPlace(place) && degree(contents, place) <= fullPlace) places.add(place);
        }
      };
      if (standsAlone(cause)) addPlaces(cause);
      for (const relation of [dependants, peers]) {
        for (let link = relation.offsets[cause] ?? 0; link < (relation.offsets[cause + 1] ?? 0); link += 1) {
          const other = relation.targets[link] ?? 0;
          if (standsAlone(other) && degree(relation === peers ? peers : suppliers, other) <= 2) addPlaces(other);
        }
      }
      for (const place of places) {
        const size = closure(place, [contents], null, aroundDepth);
        for (let at = 1; at < size; at += 1) count(queue[at] ?? place);
      }
    } else if (reach === reaches.around) {
      const inside = queue.slice(0, closure(cause, downward, null, 3));
      const below = new Set(inside);
      const around = new Set<number>();
      for (const entity of inside) {
        const size = closure(entity, [containers], null, aroundDepth);
        for (let at = 1; at < size; at += 1) {
          const holder = queue[at] ?? entity;
          if (!below.has(holder) && degree(contents, holder) <= fullPlace) around.add(holder);
        }
      }
      for (const entity of around) count(entity);
    } else {
      for (let link = peers.offsets[cause] ?? 0; link < (peers.offsets[cause + 1] ?? 0); link += 1) {
        const peer = peers.targets[link] ?? 0;
        if (degree(peers, peer) > smallCrowd) continue;
        const size = closure(peer, downward, null, behindDepth);
        for (let at = 1; at < size; at += 1) count(queue[at] ?? peer);
      }
    }
    return counts;
  };

  return {
    causesOf(entity) {
      let codes = causes.get(entity);
      if (codes === undefined) {
        codes = findCauses(entity);
        if (causes.size >= mostRemembered) causes.clear();
        if (entity < topology.count) causes.set(entity, codes);
      }
      return codes;
    },
    reachable(code, entityType) {
      // Asked again and again for the same few: a plain lookup first.
      let counts = reachCounts.get(code);
      if (counts === undefined) {
        counts = countReach(code);
        if (reachCounts.size >= mostRemembered) reachCounts.clear();
        reachCounts.set(code, counts);
      }
      return counts.get(entityType) ?? 0;
    },
    isPlace: (entity) => entity < topology.count && isPlace(entity),
    carriesTraffic: (entity) => transit[entity] === 1,
    branchCount: (entity) =>
      entity < topology.count ? degree(contents, entity) + degree(dependants, entity) + degree(beyond, entity) : 0,
    linkCount: (entity) => (entity < topology.count ? degree(peers, entity) : 0),
    isRegion: (entity) => entity < topology.count && isPlace(entity) && holdsPlaces(entity),
    gatewayOf: (entity) => gateways[entity] ?? -1,
  };
}

/**
 * Entities that carry traffic of others: those of a type that is linked to its own type somewhere, and what merely joins
 * two such. A controller that is linked to hundreds of base stations is no way around a dead router.
 */
function transitEntities(topology: TopologyIndex): Uint8Array {
  const { offsets, targets } = topology.peers;
  const typeCarries = new Uint8Array(topology.typeNames.length);
  for (let entity = 0; entity < topology.count; entity += 1) {
    const type = topology.types[entity] ?? 0;
    for (let link = offsets[entity] ?? 0; link < (offsets[entity + 1] ?? 0); link += 1) {
      if (topology.types[targets[link] ?? 0] === type) typeCarries[type] = 1;
    }
  }
  const carries = new Uint8Array(topology.count);
  for (let entity = 0; entity < topology.count; entity += 1)
    carries[entity] = typeCarries[topology.types[entity] ?? 0] ?? 0;
  const joins: number[] = [];
  for (let entity = 0; entity < topology.count; entity += 1) {
    const first = offsets[entity] ?? 0;
    const links = (offsets[entity + 1] ?? 0) - first;
    let carriers = 0;
    for (let link = first; link < first + links; link += 1) carriers += carries[targets[link] ?? 0] ?? 0;
    // A core switch of a type of its own is linked to several carriers, a fibre to exactly two.
    if (carries[entity] === 0 && carriers === links && links >= 2) joins.push(entity);
  }
  for (const entity of joins) carries[entity] = 1;
  return carries;
}

/**
 * Types of which no entity needs, serves or connects anything, nor is a part of something that does: they are places, not
 * equipment.
 */
function placeTypes(topology: TopologyIndex): Uint8Array {
  const places = new Uint8Array(topology.typeNames.length).fill(1);
  for (const { offsets } of [topology.suppliers, topology.dependants, topology.peers]) {
    for (let entity = 0; entity < topology.count; entity += 1) {
      if ((offsets[entity + 1] ?? 0) > (offsets[entity] ?? 0)) places[topology.types[entity] ?? 0] = 0;
    }
  }
  const { offsets, targets } = topology.contents;
  for (let changed = true; changed; ) {
    changed = false;
    for (let entity = 0; entity < topology.count; entity += 1) {
      if (places[topology.types[entity] ?? 0] === 1) continue;
      for (let link = offsets[entity] ?? 0; link < (offsets[entity + 1] ?? 0); link += 1) {
        const type = topology.types[targets[link] ?? 0] ?? 0;
        if (places[type] === 0) continue;
        places[type] = 0;
        changed = true;
      }
    }
  }
  return places;
}

/** What is linked to one carrier only hangs on that carrier. */
function attachLeaves(topology: TopologyIndex, gateways: Int32Array, carries: Uint8Array): void {
  const { offsets, targets } = topology.peers;
  for (let entity = 0; entity < topology.count; entity += 1) {
    if (carries[entity] === 1) continue;
    let only = -1;
    for (let link = offsets[entity] ?? 0; link < (offsets[entity + 1] ?? 0); link += 1) {
      const peer = targets[link] ?? 0;
      if (carries[peer] === 1) only = only === -1 ? peer : -2;
    }
    if (only >= 0) gateways[entity] = only;
  }
}

function invert(count: number, above: Int32Array): Adjacency {
  const offsets = new Int32Array(count + 1);
  for (const up of above) if (up >= 0) offsets[up + 1] = (offsets[up + 1] ?? 0) + 1;
  for (let entity = 1; entity <= count; entity += 1)
    offsets[entity] = (offsets[entity] ?? 0) + (offsets[entity - 1] ?? 0);
  const targets = new Int32Array(offsets[count] ?? 0);
  const next = offsets.slice();
  above.forEach((up, entity) => {
    if (up < 0) return;
    targets[next[up] ?? 0] = entity;
    next[up] = (next[up] ?? 0) + 1;
  });
  return { offsets, targets };
}
