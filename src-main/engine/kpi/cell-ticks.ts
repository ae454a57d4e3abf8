import type { KpiReading } from '../detection/cells/service-loss.ts';

/** What was measured of the cells of one tenant at one sample time. */
export interface CellTick {
  readonly time: number;
  readonly readings: Map<string, KpiReading[]>;
  count: number;
}

/**
 * Gathers the readings of a tenant's cells until a sample time is complete: when as many have come as for the time before, or
 * when the next time has half of them, or when the one after it begins. Readings for times that were closed are left out.
 */
export interface CellTicks {
  /** Takes a reading and answers the ticks that are complete with it, in order. */
  add(time: number, entityId: string, reading: KpiReading): CellTick[];
}

const tickMilliseconds = 15 * 60_000;
const openMax = 3;

export function createCellTicks(): CellTicks {
  const open = new Map<number, CellTick>();
  let closedUpTo = Number.NEGATIVE_INFINITY;
  let usualCount = Number.POSITIVE_INFINITY;

  const close = (tick: CellTick): CellTick => {
    open.delete(tick.time);
    closedUpTo = Math.max(closedUpTo, tick.time);
    usualCount = tick.count;
    return tick;
  };
  const complete = (): CellTick[] => {
    const closed: CellTick[] = [];
    for (;;) {
      const times = [...open.keys()].sort((left, right) => left - right);
      const oldest = open.get(times[0] ?? Number.NaN);
      if (oldest === undefined) return closed;
      const next = open.get(times[1] ?? Number.NaN);
      const isDone =
        oldest.count >= usualCount || times.length >= openMax || (next !== undefined && next.count * 2 >= oldest.count);
      if (!isDone) return closed;
      closed.push(close(oldest));
    }
  };

  return {
    add(time, entityId, reading) {
      const start = Math.floor(time / tickMilliseconds) * tickMilliseconds;
      if (start <= closedUpTo) return [];
      let tick = open.get(start);
      if (tick === undefined) {
        tick = { time: start, readings: new Map(), count: 0 };
        open.set(start, tick);
      }
      const of = tick.readings.get(entityId);
      if (of === undefined) tick.readings.set(entityId, [reading]);
      else of.push(reading);
      tick.count++;
      return complete();
    },
  };
}
