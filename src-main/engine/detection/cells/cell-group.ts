import { type CellWatch, createCellWatch, type SleepFinding, watchCell } from './cell-watch.ts';
import { choosePeers, createWeekShape, noteExpected, type WeekShape } from './peers.ts';
import { type KpiReading, measuresService, medianOf, servedShare } from './service-loss.ts';

/** The cells of one network, watched against each other. */
export interface CellGroup {
  readonly watches: Map<string, CellWatch>;
  readonly shapes: Map<string, WeekShape>;
  peers: Map<string, readonly string[]>;
  ticks: number;
}

export interface CellFinding {
  readonly cellId: string;
  /** Null: the cell is awake. */
  readonly sleep: SleepFinding | null;
}

const peersChosenEvery = 96;
const peersMin = 3;

export function createCellGroup(): CellGroup {
  return { watches: new Map(), shapes: new Map(), peers: new Map(), ticks: 0 };
}

/** Judges all cells at one sample time, from what was measured of each. Cells without a reading keep their state. */
export function watchCells(
  group: CellGroup,
  time: number,
  readings: ReadonlyMap<string, readonly KpiReading[]>,
  areNeighbours: (left: string, right: string) => boolean = () => false,
): CellFinding[] {
  const shares = new Map<string, number>();
  for (const [cellId, of] of readings) {
    const share = servedShare(of);
    if (share === null) continue;
    shares.set(cellId, share);
    noteWeek(group, cellId, time, of);
  }
  if (group.ticks++ % peersChosenEvery === 0) group.peers = choosePeers(group.shapes, areNeighbours);
  const findings: CellFinding[] = [];
  for (const [cellId, share] of shares) {
    const peers = (group.peers.get(cellId) ?? []).flatMap((peer) => shares.get(peer) ?? []);
    const everybody = peers.length >= peersMin ? (medianOf(peers) ?? 0) : 0;
    let watch = group.watches.get(cellId);
    if (watch === undefined) {
      watch = createCellWatch();
      group.watches.set(cellId, watch);
    }
    findings.push({ cellId, sleep: watchCell(watch, time, share - everybody) });
  }
  return findings;
}

function noteWeek(group: CellGroup, cellId: string, time: number, readings: readonly KpiReading[]): void {
  const first = readings.find(({ metricName, baseline }) => measuresService(metricName) && baseline > 0);
  if (first === undefined) return;
  let shape = group.shapes.get(cellId);
  if (shape === undefined) {
    shape = createWeekShape();
    group.shapes.set(cellId, shape);
  }
  noteExpected(shape, time, first.baseline);
}
