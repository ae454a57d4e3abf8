/** When a cell's usual day looks like at an hour of the week: its expected service, as logarithms. */
export interface WeekShape {
  readonly hours: Float64Array;
}

const hoursOfWeek = 168;
const hour = 3_600_000;
const peersMax = 12;
/** Cells whose weeks agree less than this are of another type. */
const alike = 0.9;
/** So many cells are compared with each one at most. */
const comparedMax = 400;

export function createWeekShape(): WeekShape {
  return { hours: new Float64Array(hoursOfWeek).fill(Number.NaN) };
}

/** Notes what was expected at a time; `expected` above 0. */
export function noteExpected(shape: WeekShape, time: number, expected: number): void {
  const index = (((Math.floor(time / hour) % hoursOfWeek) + hoursOfWeek) % hoursOfWeek) | 0;
  shape.hours[index] = Math.log(Math.max(expected, Number.MIN_VALUE));
}

/** How much two weeks go together, −1 to 1; 0 while there is too little to compare. */
export function likeness(left: WeekShape, right: WeekShape): number {
  let count = 0;
  let sumLeft = 0;
  let sumRight = 0;
  let squaresLeft = 0;
  let squaresRight = 0;
  let product = 0;
  for (let index = 0; index < hoursOfWeek; index++) {
    const a = left.hours[index] ?? Number.NaN;
    const b = right.hours[index] ?? Number.NaN;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    count++;
    sumLeft += a;
    sumRight += b;
    squaresLeft += a * a;
    squaresRight += b * b;
    product += a * b;
  }
  if (count < 24) return 0;
  const spread = (squaresLeft - (sumLeft * sumLeft) / count) * (squaresRight - (sumRight * sumRight) / count);
  return spread <= 0 ? 0 : (product - (sumLeft * sumRight) / count) / Math.sqrt(spread);
}

/** For each cell those of its type, recognised by the shape of their week; neighbours count as a little more alike. */
export function choosePeers(
  shapes: ReadonlyMap<string, WeekShape>,
  areNeighbours: (left: string, right: string) => boolean,
): Map<string, readonly string[]> {
  const cells = [...shapes];
  return new Map(
    cells.map(([cellId, shape], index) => {
      const step = Math.max(1, Math.ceil(cells.length / comparedMax));
      const candidates = cells
        .filter(
          ([other], position) => other !== cellId && ((position - index) % step === 0 || areNeighbours(cellId, other)),
        )
        .map(([other, otherShape]) => ({
          other,
          score: likeness(shape, otherShape) + (areNeighbours(cellId, other) ? 0.02 : 0),
        }))
        .filter(({ score }) => score >= alike)
        .sort((left, right) => right.score - left.score);
      return [cellId, candidates.slice(0, peersMax).map(({ other }) => other)] as const;
    }),
  );
}
