/** What is needed of a point to leave it out or keep it. */
export interface Plotted {
  readonly value: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly anomaly?: boolean | undefined;
}

/**
 * At most about `most` points, in order: of each stretch the first, the lowest and the highest, and a point of each anomaly, so that
 * no extreme is lost to the eye (the min-max way of M4, U. Jugel et al., VLDB 7(10), 2014).
 */
export function downSample<Point extends Plotted>(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points];
  const stretches = Math.max(1, Math.floor(most / 4));
  const kept: Point[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
    const chosen = new Set<number>([from]);
    let lowest = from;
    let highest = from;
    let anomalous = -1;
    for (let index = from; index < to; index++) {
      const point = points[index];
      const low = points[lowest];
      const high = points[highest];
      if (point === undefined || low === undefined || high === undefined) continue;
      if ((point.min ?? point.value) < (low.min ?? low.value)) lowest = index;
      if ((point.max ?? point.value) > (high.max ?? high.value)) highest = index;
      if (anomalous < 0 && point.anomaly === true) anomalous = index;
    }
    chosen.add(lowest).add(highest);
    if (anomalous >= 0) chosen.add(anomalous);
    for (const index of [...chosen].sort((left, right) => left - right)) {
      const point = points[index];
      if (point !== undefined) kept.push(point);
    }
  }
  return kept;
}
