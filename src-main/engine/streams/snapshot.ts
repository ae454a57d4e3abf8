import { and, desc, eq, inArray, lte } from 'drizzle-orm';
import { openStates } from '../actions/action-queries.ts';
import { actionToWire } from '../actions/action-wire.ts';
import { actions } from '../actions/actions.schema.ts';
import { liveAlarmsBetween, sequenceBeforeNewestLive } from '../alarms/alarm-queries.ts';
import { alarmToWire } from '../alarms/alarm-wire.ts';
import type { SequencedChange } from '../core/inputs.ts';
import { clusterToWire } from '../correlation/cluster-wire.ts';
import { clusters } from '../correlation/clusters.schema.ts';
import { incidentToWire } from '../incidents/incident-wire.ts';
import { incidents } from '../incidents/incidents.schema.ts';
import type { Reader, ReadUnit } from '../store/database.ts';

const pageSize = 200;
/** Clusters and incidents that are over, given so that a console does not start empty of what just ended. */
const endedMax = 200;

export interface SnapshotOptions {
  readonly reader: Reader;
  readonly tenantId: string;
  /** The snapshot holds nothing that changed later; follow from here. */
  readonly sequence: number;
  /** At most so many live alarms, the newest changes first to be kept. */
  readonly alarmsMax: number;
}

/** What a console needs to begin with: live alarms, active clusters, open incidents, and the latest that ended. In pages. */
export function* snapshot({ reader, tenantId, sequence, alarmsMax }: SnapshotOptions): Generator<SequencedChange[]> {
  yield reader.read((unit) => [
    ...clusterPage(unit, tenantId, sequence),
    ...incidentPage(unit, tenantId, sequence),
    ...actionPage(unit, tenantId, sequence),
  ]);
  let after = reader.read((unit) => sequenceBeforeNewestLive(unit, tenantId, alarmsMax));
  for (;;) {
    const rows = reader.read((unit) => liveAlarmsBetween(unit, tenantId, after, sequence, pageSize));
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.sequence;
    yield rows.map((row) => ({
      tenantId,
      sequence: row.sequence,
      topic: 'alarm',
      change: 'upserted',
      json: JSON.stringify(alarmToWire(row)),
    }));
  }
}

function clusterPage(unit: ReadUnit, tenantId: string, sequence: number): SequencedChange[] {
  const of = (state: 'active' | 'cleared', limit: number) =>
    unit.orm
      .select()
      .from(clusters)
      .where(and(eq(clusters.tenantId, tenantId), eq(clusters.state, state), lte(clusters.sequence, sequence)))
      .orderBy(desc(clusters.sequence))
      .limit(limit)
      .all();
  return [...of('active', 50_000), ...of('cleared', endedMax)].map((row) => ({
    tenantId,
    sequence: row.sequence,
    topic: 'cluster',
    change: 'upserted',
    json: JSON.stringify(clusterToWire(row)),
  }));
}

function actionPage(unit: ReadUnit, tenantId: string, sequence: number): SequencedChange[] {
  const rows = unit.orm
    .select()
    .from(actions)
    .where(
      and(eq(actions.tenantId, tenantId), inArray(actions.state, [...openStates]), lte(actions.sequence, sequence)),
    )
    .orderBy(desc(actions.sequence))
    .limit(10_000)
    .all();
  return rows.map((row) => ({
    tenantId,
    sequence: row.sequence,
    topic: 'action',
    change: 'upserted',
    json: JSON.stringify(actionToWire(row)),
  }));
}

function incidentPage(unit: ReadUnit, tenantId: string, sequence: number): SequencedChange[] {
  const of = (states: ('new' | 'acknowledged' | 'in_progress' | 'resolved' | 'closed')[], limit: number) =>
    unit.orm
      .select()
      .from(incidents)
      .where(and(eq(incidents.tenantId, tenantId), inArray(incidents.state, states), lte(incidents.sequence, sequence)))
      .orderBy(desc(incidents.sequence))
      .limit(limit)
      .all();
  return [...of(['new', 'acknowledged', 'in_progress'], 50_000), ...of(['resolved', 'closed'], endedMax)].map(
    (row) => ({
      tenantId,
      sequence: row.sequence,
      topic: 'incident',
      change: 'upserted',
      json: JSON.stringify(incidentToWire(row)),
    }),
  );
}
