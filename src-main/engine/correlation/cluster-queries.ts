import { and, asc, desc, eq, gt, lt, ne } from 'drizzle-orm';
import type { Cluster, ClusterListInput, ClusterMember, RootCause } from '#shared/api/clusters.ts';
import { alarmToWire } from '../alarms/alarm-wire.ts';
import { alarms } from '../alarms/alarms.schema.ts';
import { pageFrom, readCursor } from '../store/cursor.ts';
import type { ReadUnit } from '../store/database.ts';
import { clusterToWire } from './cluster-wire.ts';
import { clusterMembers, clusters } from './clusters.schema.ts';

/** One page of a tenant's clusters, newest change first. Null when the cursor is not one that a list gave out. */
export function listClusters(
  unit: ReadUnit,
  tenantId: string,
  input: ClusterListInput,
): { items: Cluster[]; next_cursor: string | null } | null {
  const before = readCursor(input.cursor);
  if (before === null) return null;
  const rows = unit.orm
    .select()
    .from(clusters)
    .where(
      and(
        eq(clusters.tenantId, tenantId),
        before === undefined ? undefined : lt(clusters.sequence, before),
        input.state === 'active' ? eq(clusters.state, 'active') : ne(clusters.state, 'merged'),
      ),
    )
    .orderBy(desc(clusters.sequence))
    .limit(input.limit + 1)
    .all();
  return pageFrom(rows, input.limit, clusterToWire);
}

/** One cluster of a tenant. */
export function findCluster(unit: ReadUnit, tenantId: string, clusterId: string): Cluster | null {
  const row = unit.orm
    .select()
    .from(clusters)
    .where(and(eq(clusters.tenantId, tenantId), eq(clusters.clusterId, clusterId)))
    .get();
  return row === undefined ? null : clusterToWire(row);
}

/** One cluster of a tenant with its members, first raised first, and all root cause candidates. */
export function getCluster(
  unit: ReadUnit,
  tenantId: string,
  clusterId: string,
): (Cluster & { members: ClusterMember[]; candidates: RootCause[] }) | null {
  const row = unit.orm
    .select()
    .from(clusters)
    .where(and(eq(clusters.tenantId, tenantId), eq(clusters.clusterId, clusterId)))
    .get();
  if (row === undefined) return null;
  const members = unit.orm
    .select({ member: clusterMembers, alarm: alarms })
    .from(clusterMembers)
    .innerJoin(alarms, eq(alarms.alarmId, clusterMembers.alarmId))
    .where(eq(clusterMembers.clusterId, clusterId))
    .orderBy(asc(alarms.raisedAt), asc(alarms.alarmId))
    .all();
  return {
    ...clusterToWire(row),
    candidates: [...row.candidates],
    members: members.map(({ member, alarm }) => ({
      alarm: alarmToWire(alarm),
      because: member.because,
      linked_to: member.linkedTo,
      score: member.score,
    })),
  };
}

/** Changed clusters of a tenant after a sequence, oldest change first. */
export function clustersChangedAfter(unit: ReadUnit, tenantId: string, sequence: number, limit: number) {
  return unit.orm
    .select()
    .from(clusters)
    .where(and(eq(clusters.tenantId, tenantId), gt(clusters.sequence, sequence)))
    .orderBy(asc(clusters.sequence))
    .limit(limit)
    .all();
}
