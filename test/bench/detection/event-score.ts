import type { CellFault } from '#test/support/cell-simulator/simulate-cells.ts';

/** Found, missed and falsely called faults. */
export interface EventCount {
  found: number;
  missed: number;
  falseAlarms: number;
}

/** Flagged samples that are no farther apart are one alarm. */
const mergeSamples = 4;
/** An alarm may outlast its fault by so much. */
const afterglow = 4;

/** Counts faults of one cell that were flagged while they lasted, and alarms that meet no fault; from `first` on. */
export function countEvents(
  flags: readonly boolean[],
  faults: readonly CellFault[],
  first: number,
): EventCount & { readonly delays: ReadonlyMap<CellFault, number> } {
  const alarms: { from: number; to: number }[] = [];
  for (let sample = first; sample < flags.length; sample++) {
    if (flags[sample] !== true) continue;
    const last = alarms.at(-1);
    if (last !== undefined && sample - last.to <= mergeSamples) last.to = sample;
    else alarms.push({ from: sample, to: sample });
  }
  const delays = new Map<CellFault, number>();
  for (const fault of faults) {
    const at = flags.findIndex((flag, sample) => flag && sample >= fault.from && sample < fault.to);
    if (at >= 0) delays.set(fault, at - fault.from);
  }
  const falseAlarms = alarms.filter(
    ({ from, to }) => !faults.some((fault) => from < fault.to + afterglow && to >= fault.from),
  ).length;
  return { found: delays.size, missed: faults.length - delays.size, falseAlarms, delays };
}

/** The harmonic mean of precision and recall over events. */
export function eventF1({ found, missed, falseAlarms }: EventCount): number {
  return found === 0 ? 0 : (2 * found) / (2 * found + missed + falseAlarms);
}

export function noEvents(): EventCount {
  return { found: 0, missed: 0, falseAlarms: 0 };
}

export function addEvents(to: EventCount, more: EventCount): void {
  to.found += more.found;
  to.missed += more.missed;
  to.falseAlarms += more.falseAlarms;
}
