import type { TopologyIndex } from '#engine/correlation/topology-index.ts';

/** Mean radius of the earth, kilometres (IUGG). */
const earthRadius = 6371;
/** Width of a cell of the grid, degrees of latitude: about 22 kilometres, more than any radius that is asked for. */
const cellDegrees = 0.2;
/** How many containers up a place is looked for. */
const mostSteps = 4;
const degree = Math.PI / 180;

/** Where entities are: their own coordinates, or those of what holds them. */
export interface PlaceIndex {
  isPlaced(entity: number): boolean;
  /** Between two entities; Infinity where one has no place. */
  kilometres(left: number, right: number): number;
  /** How many entities of a type are within `radius` kilometres, at most 20, of an entity. */
  countAround(entity: number, entityType: number, radius: number): number;
}

/** Reads places on demand; the entities of a type are sorted into a grid when they are first counted. */
export function createPlaceIndex(topology: TopologyIndex): PlaceIndex {
  const { latitudes, longitudes, containers, types, count } = topology;
  const grids = new Map<number, Map<number, number[]>>();

  /** The entity or the nearest thing around it that has coordinates; -1 for none. */
  const placeOf = (entity: number): number => {
    let at = entity;
    for (let step = 0; step <= mostSteps && at >= 0 && at < count; step += 1) {
      if (!Number.isNaN(latitudes[at] ?? Number.NaN)) return at;
      const first = containers.offsets[at] ?? 0;
      at = first < (containers.offsets[at + 1] ?? 0) ? (containers.targets[first] ?? -1) : -1;
    }
    return -1;
  };
  const between = (left: number, right: number): number => {
    const latitude = latitudes[left] ?? 0;
    const north = ((latitudes[right] ?? 0) - latitude) * degree;
    const east = ((longitudes[right] ?? 0) - (longitudes[left] ?? 0)) * degree * Math.cos(latitude * degree);
    return earthRadius * Math.hypot(north, east);
  };
  const kilometres = (left: number, right: number): number => {
    const from = placeOf(left);
    const to = placeOf(right);
    return from < 0 || to < 0 ? Number.POSITIVE_INFINITY : between(from, to);
  };
  const row = (place: number): number => Math.floor((latitudes[place] ?? 0) / cellDegrees);
  const column = (place: number): number => Math.floor((longitudes[place] ?? 0) / (cellDegrees * 2));
  const cell = (north: number, east: number): number => north * 100_000 + east;
  const gridOf = (entityType: number): Map<number, number[]> => {
    const known = grids.get(entityType);
    if (known !== undefined) return known;
    const grid = new Map<number, number[]>();
    for (let entity = 0; entity < count; entity += 1) {
      if (types[entity] !== entityType) continue;
      const place = placeOf(entity);
      if (place < 0) continue;
      const key = cell(row(place), column(place));
      const list = grid.get(key);
      if (list === undefined) grid.set(key, [place]);
      else list.push(place);
    }
    grids.set(entityType, grid);
    return grid;
  };

  return {
    isPlaced: (entity) => placeOf(entity) >= 0,
    kilometres,
    countAround(entity, entityType, radius) {
      const centre = placeOf(entity);
      if (centre < 0) return 0;
      const grid = gridOf(entityType);
      let found = 0;
      for (let north = -1; north <= 1; north += 1) {
        for (let east = -1; east <= 1; east += 1) {
          for (const place of grid.get(cell(row(centre) + north, column(centre) + east)) ?? []) {
            if (between(centre, place) <= radius) found += 1;
          }
        }
      }
      return found;
    },
  };
}
