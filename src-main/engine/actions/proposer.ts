import { and, asc, count, desc, eq, gt, inArray } from 'drizzle-orm';
import { alarms } from '../alarms/alarms.schema.ts';
import type { ClusterRow } from '../correlation/cluster-wire.ts';
import { clusters } from '../correlation/clusters.schema.ts';
import { similarDecisions } from '../decisions/decision-store.ts';
import { rankOf } from '../decisions/reward.ts';
import type { ReadUnit } from '../store/database.ts';
import { networkEntities } from '../topology/topology.schema.ts';
import { blastRadius, regionOf } from './blast-radius.ts';
import { type Proposal, type ProposalSituation, proposalsFor } from './propose.ts';

/** Clusters looked at in one go: bounds how long the caller's thread is held. */
const clustersPerLook = 20;
/** Past decisions that speak for or against a remedy. */
const experienceMax = 20;

/** What one look found, and from where the next one goes on. */
export interface Look {
  readonly proposals: readonly Proposal[];
  readonly sequence: number;
  readonly more: boolean;
}

/** Whether a cluster is worth a remedy: more than one minor alarm, or an emergency service. */
export function isWorthARemedy(cluster: Pick<ClusterRow, 'alarmCount' | 'severity' | 'isEmergencyService'>): boolean {
  return (
    cluster.isEmergencyService ||
    cluster.severity === 'critical' ||
    cluster.severity === 'major' ||
    cluster.alarmCount > 2
  );
}

/** Looks at a tenant's active clusters that changed after a sequence and prepares remedies for them. */
export function lookForRemedies(unit: ReadUnit, tenantId: string, after: number, newId: () => string): Look {
  const rows = unit.orm
    .select()
    .from(clusters)
    .where(and(eq(clusters.tenantId, tenantId), eq(clusters.state, 'active'), gt(clusters.sequence, after)))
    .orderBy(asc(clusters.sequence))
    .limit(clustersPerLook)
    .all();
  const proposals = rows.filter(isWorthARemedy).flatMap((row) => remediesOf(unit, row, newId));
  return { proposals, sequence: rows.at(-1)?.sequence ?? after, more: rows.length === clustersPerLook };
}

function remediesOf(unit: ReadUnit, row: ClusterRow, newId: () => string): Proposal[] {
  const situation = situationOfCluster(unit, row);
  if (situation === null) return [];
  const { entityId } = situation.cause;
  return proposalsFor(
    situation,
    (interrupts) => blastRadius(unit, row.tenantId, entityId, interrupts),
    (remedy, features) => {
      const known = similarDecisions(unit, row.tenantId, { features, words: '' }, experienceMax).flatMap(
        ({ decision, similarity }) =>
          decision.reward === null || decision.actionType !== remedy.type
            ? []
            : [{ similarity, reward: decision.reward }],
      );
      return rankOf(remedy.prior, situation.cause.confidence, known);
    },
    newId,
  );
}

/** What is stored of a cluster that matters for choosing a remedy; null when it has no members any more. */
export function situationOfCluster(unit: ReadUnit, row: ClusterRow): ProposalSituation | null {
  const { tenantId } = row;
  const [cause] = row.candidates;
  const typesOfAlarms = unit.orm
    .select({ alarmType: alarms.alarmType, value: count() })
    .from(alarms)
    .where(eq(alarms.clusterId, row.clusterId))
    .groupBy(alarms.alarmType)
    .orderBy(desc(count()), alarms.alarmType)
    .limit(12)
    .all();
  if (typesOfAlarms.length === 0) return null;
  const members = unit.orm
    .select({
      entityId: alarms.entityId,
      alarmType: alarms.alarmType,
      probableCause: alarms.probableCause,
      text: alarms.text,
    })
    .from(alarms)
    .where(eq(alarms.clusterId, row.clusterId))
    .orderBy(asc(alarms.raisedAt))
    .limit(50)
    .all();
  const touched = unit.orm
    .select({ entityType: networkEntities.entityType, value: count() })
    .from(networkEntities)
    .where(
      and(
        eq(networkEntities.tenantId, tenantId),
        inArray(
          networkEntities.id,
          unit.orm.selectDistinct({ id: alarms.entityId }).from(alarms).where(eq(alarms.clusterId, row.clusterId)),
        ),
      ),
    )
    .groupBy(networkEntities.entityType)
    .orderBy(desc(count()))
    .limit(12)
    .all();
  const entity = unit.orm
    .select({ entityType: networkEntities.entityType })
    .from(networkEntities)
    .where(and(eq(networkEntities.tenantId, tenantId), eq(networkEntities.id, cause.entity_id)))
    .get();
  const atCause = members.filter(({ entityId }) => entityId === cause.entity_id);
  return {
    clusterId: row.clusterId,
    title: row.title,
    severity: row.severity,
    alarms: row.alarmCount,
    active: row.activeCount,
    entities: row.entityCount,
    isEmergencyService: row.isEmergencyService,
    cause: {
      entityId: cause.entity_id,
      entityType: entity?.entityType ?? '',
      confidence: cause.confidence,
      because: cause.because,
    },
    alarmTexts: [...atCause, ...members],
    alarmTypes: typesOfAlarms.map(({ alarmType }) => alarmType),
    entityTypes: touched.map(({ entityType }) => entityType),
    region: regionOf(unit, tenantId, cause.entity_id),
    preventive: false,
  };
}
