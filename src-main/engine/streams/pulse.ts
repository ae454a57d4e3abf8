import { desc, eq } from 'drizzle-orm';
import type { Pulse } from '#shared/api/console.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { feeds } from '../alarms/alarms.schema.ts';
import { lagMax } from '../core/core-loop.ts';
import { type CoreHost, lagOf } from '../core/inputs.ts';
import type { Intake } from '../core/intake.ts';
import { getLedger } from '../ledger/ledger-queries.ts';
import { floodAt } from '../noise/flood-rules.ts';
import { raisedByMinute, raisedInLastTenMinutes } from '../scorecard/scorecard-queries.ts';
import type { Reader } from '../store/database.ts';

export interface PulseDeps {
  readonly reader: Reader;
  readonly intake: Pick<Intake, 'depth'>;
  readonly host: Pick<CoreHost, 'state' | 'progress'>;
  readonly queueMax: number;
  readonly clock: () => number;
  /** Free bytes on the disk of the data folder. */
  readonly diskFreeBytes: () => number;
}

/** A flood is followed back so far; what floods for longer is a state. */
const floodLookBackMilliseconds = 12 * 3_600_000;

/** The engine's state as one tenant may see it. */
export function takePulse(
  { reader, intake, host, queueMax, clock, diskFreeBytes }: PulseDeps,
  tenantId: string,
): Pulse {
  const now = clock();
  return reader.read((unit) => {
    const raised = raisedInLastTenMinutes(unit, tenantId, now);
    const flood = floodAt(raisedByMinute(unit, tenantId, now - floodLookBackMilliseconds, now), now);
    const heard = unit.orm
      .select()
      .from(feeds)
      .where(eq(feeds.tenantId, tenantId))
      .orderBy(desc(feeds.lastEventAt))
      .limit(200)
      .all();
    return {
      at: toTimestamp(now),
      ledger: getLedger(unit, tenantId),
      last_event_at: heard[0] === undefined ? null : toTimestamp(heard[0].lastEventAt),
      queue: { depth: intake.depth(), max: queueMax },
      journal: { lag: lagOf(host.progress()), lag_max: lagMax },
      core: host.state(),
      raised_last_ten_minutes: raised,
      flood: flood !== null,
      flood_since: flood === null ? null : toTimestamp(flood.since),
      flood_raised: flood?.raised ?? 0,
      disk_free_bytes: diskFreeBytes(),
      feeds: heard.map((row) => ({
        source_system: row.sourceSystem,
        last_event_at: toTimestamp(row.lastEventAt),
        received: row.received,
      })),
    };
  });
}

const secondMilliseconds = 1_000;
/** A pulse is due this often even when nothing changed, so that a silent connection can be told from a dead one. */
const quietPulses = 5;

/** Pulses of a tenant: every second while something changes, every five seconds otherwise, until the signal. */
export async function* pulsesOf(deps: PulseDeps, tenantId: string, signal: AbortSignal): AsyncGenerator<Pulse> {
  let last = '';
  let quiet = quietPulses;
  while (!signal.aborted) {
    const pulse = takePulse(deps, tenantId);
    const state = JSON.stringify({ ...pulse, at: null, disk_free_bytes: null });
    quiet += 1;
    if (state !== last || quiet >= quietPulses) {
      last = state;
      quiet = 0;
      yield pulse;
    }
    await untilNextSecond(signal);
  }
}

function untilNextSecond(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, secondMilliseconds);
    signal.addEventListener('abort', finish);
  });
}
