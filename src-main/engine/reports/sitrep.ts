import { and, asc, count, desc, eq, inArray, min } from 'drizzle-orm';
import type { Cluster, RootCause, Sitrep } from '#shared/api/clusters.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { alarms } from '../alarms/alarms.schema.ts';
import { findIncident } from '../incidents/incident-queries.ts';
import type { ReadUnit } from '../store/database.ts';
import { networkEntities } from '../topology/topology.schema.ts';

/** The situation of a cluster in one page, made of stored facts only; what is not known is left out. */
export function sitrepOf(unit: ReadUnit, cluster: Cluster, now: number): Sitrep {
  const sections = [
    { heading: 'What', lines: whatHappened(cluster) },
    { heading: 'Cause', lines: causeLines(cluster) },
    { heading: 'Where', lines: whereLines(unit, cluster) },
    { heading: 'How it spread', lines: spreadLines(unit, cluster) },
    { heading: 'Who works on it', lines: workLines(unit, cluster) },
  ];
  return {
    cluster_id: cluster.cluster_id,
    title: cluster.title,
    generated_at: toTimestamp(now),
    sections: sections.filter((section) => section.lines.length > 0),
  };
}

function whatHappened(cluster: Cluster): string[] {
  const lines = [
    `${cluster.alarm_count} ${cluster.alarm_count === 1 ? 'alarm' : 'alarms'} at ${cluster.entity_count} ${
      cluster.entity_count === 1 ? 'entity' : 'entities'
    }, ${cluster.active_count} still standing; highest severity ${cluster.severity}.`,
    `First raised ${cluster.first_raised_at}, last raised ${cluster.last_raised_at}.`,
  ];
  if (cluster.is_emergency_service) lines.push('An emergency service is among the affected.');
  if (cluster.state === 'merged') lines.push(`Merged into ${cluster.merged_into ?? 'others'}.`);
  return lines;
}

function causeLines({ root_cause, runner_up }: Cluster): string[] {
  const inWords = (label: string, cause: RootCause) =>
    `${label}: ${cause.entity_id} (${Math.round(cause.confidence * 100)} %)${cause.alarm_id === null ? ', which raised no alarm itself' : ''}. ${cause.because}`;
  return [inWords('Likely', root_cause), ...(runner_up === null ? [] : [inWords('Runner-up', runner_up)])];
}

function whereLines(unit: ReadUnit, cluster: Cluster): string[] {
  const entityIds = unit.orm
    .selectDistinct({ entityId: alarms.entityId })
    .from(alarms)
    .where(eq(alarms.clusterId, cluster.cluster_id));
  return unit.orm
    .select({ entityType: networkEntities.entityType, value: count() })
    .from(networkEntities)
    .where(and(eq(networkEntities.tenantId, cluster.tenant_id), inArray(networkEntities.id, entityIds)))
    .groupBy(networkEntities.entityType)
    .orderBy(desc(count()), networkEntities.entityType)
    .all()
    .map(({ entityType, value }) => `${value} × ${entityType}`);
}

function spreadLines(unit: ReadUnit, cluster: Cluster): string[] {
  if (cluster.alarm_count < 2) return [];
  return unit.orm
    .select({ alarmType: alarms.alarmType, value: count(), first: min(alarms.raisedAt) })
    .from(alarms)
    .where(eq(alarms.clusterId, cluster.cluster_id))
    .groupBy(alarms.alarmType)
    .orderBy(asc(min(alarms.raisedAt)), alarms.alarmType)
    .limit(6)
    .all()
    .map(({ alarmType, value, first }) => `${first === null ? '' : `${toTimestamp(first)}: `}${value} × ${alarmType}`);
}

function workLines(unit: ReadUnit, cluster: Cluster): string[] {
  const incident = cluster.incident_id === null ? null : findIncident(unit, cluster.tenant_id, cluster.incident_id);
  if (incident === null) return ['No incident is open for it.'];
  const owner = incident.owner === null ? 'nobody owns it' : `owned by ${incident.owner}`;
  return [`Incident ${incident.incident_id} is ${incident.state.replace('_', ' ')}; ${owner}.`];
}
