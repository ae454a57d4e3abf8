import { z } from 'zod';
import type { Cluster } from '#shared/api/clusters.ts';
import type { ClusterImpact, HarmedService, ImpactList } from '#shared/api/impact.ts';
import { isEmergencyEntity } from '#shared/vocabulary/identifiers.ts';
import { severityRank } from '#shared/vocabulary/severity.ts';
import { slaTierSchema } from '#shared/vocabulary/sla-tier.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { findCluster, listClusters } from '../correlation/cluster-queries.ts';
import type { ReadUnit } from '../store/database.ts';
import { readTopology } from '../topology/topology-store.ts';
import { compareCriteria, criteriaOf } from './impact-order.ts';
import { type Harm, harmOf, type ImpactTopology, impactTopologyOf, isService } from './impact-rules.ts';

const listMax = 500;
const clustersMax = 1_000;

const customerSchema = z.object({
  customer_id: z.string(),
  name: z.string(),
  sla_tier: slaTierSchema.nullable(),
  consent_proactive_comms: z.number(),
  entity_id: z.string(),
});
type CustomerRow = z.infer<typeof customerSchema>;

/** What is needed to say who is hurt, read once for all clusters of a tenant. */
interface Ground {
  readonly topology: ImpactTopology;
  readonly customersOf: ReadonlyMap<string, readonly CustomerRow[]>;
  readonly now: number;
}

interface Assessed {
  readonly impact: ClusterImpact;
  readonly harmed: ReadonlyMap<string, Harm>;
  readonly customersHarmed: ReadonlyMap<string, Harm>;
}

function groundOf(unit: ReadUnit, tenantId: string, now: number): Ground {
  const customersOf = new Map<string, CustomerRow[]>();
  const rows = unit
    .statement(
      `SELECT c.customer_id, c.name, c.sla_tier, c.consent_proactive_comms, e.entity_id FROM customer_entities e
       JOIN customers c ON c.tenant_id = e.tenant_id AND c.customer_id = e.customer_id WHERE e.tenant_id = ?`,
    )
    .all(tenantId);
  for (const row of z.array(customerSchema).parse(rows)) {
    const list = customersOf.get(row.entity_id);
    if (list === undefined) customersOf.set(row.entity_id, [row]);
    else list.push(row);
  }
  return { topology: impactTopologyOf(readTopology(unit.client, tenantId)), customersOf, now };
}

/** The entities of a cluster that cannot work: those with a standing critical or major alarm, and the likely cause. */
function lostFirstOf(unit: ReadUnit, cluster: Cluster): Set<string> {
  const rows = unit
    .statement(
      `SELECT DISTINCT entity_id FROM alarms WHERE tenant_id = ? AND cluster_id = ? AND is_cleared = 0 AND severity IN ('critical', 'major')`,
    )
    .pluck()
    .all(cluster.tenant_id, cluster.cluster_id);
  const lost = new Set(z.array(z.string()).parse(rows));
  if (cluster.state === 'active') lost.add(cluster.root_cause.entity_id);
  return lost;
}

function assess(unit: ReadUnit, cluster: Cluster, { topology, customersOf, now }: Ground): Assessed {
  const found = harmOf(topology, lostFirstOf(unit, cluster));
  const harmed = new Map([...found.values()].map(({ entityId, harm }) => [entityId, harm]));
  const services: HarmedService[] = [...found.values()]
    .filter(({ entityId }) => isService(entityId, topology.entities.get(entityId)))
    .map(({ entityId, harm, because }) => {
      const entity = topology.entities.get(entityId);
      return {
        entity_id: entityId,
        name: entity?.name ?? entityId,
        entity_type: entity?.entity_type ?? 'unknown',
        is_emergency_service: isEmergencyEntity(entityId, entity?.entity_type ?? null),
        sla_tier: entity?.sla_tier ?? null,
        revenue_weight: entity?.revenue_weight ?? 0,
        harm,
        because,
      };
    })
    .sort(
      (left, right) =>
        Number(right.is_emergency_service) - Number(left.is_emergency_service) ||
        Number(right.harm === 'lost') - Number(left.harm === 'lost') ||
        right.revenue_weight - left.revenue_weight ||
        (left.entity_id < right.entity_id ? -1 : 1),
    );
  const customersHarmed = new Map<string, Harm>();
  const customers = new Map<string, CustomerRow>();
  for (const [entityId, harm] of harmed)
    for (const customer of customersOf.get(entityId) ?? []) {
      customers.set(customer.customer_id, customer);
      if (customersHarmed.get(customer.customer_id) !== 'lost') customersHarmed.set(customer.customer_id, harm);
    }
  const count = (list: Iterable<Harm>, wanted: Harm): number => [...list].filter((harm) => harm === wanted).length;
  const emergency = services.filter((service) => service.is_emergency_service).map(({ harm }) => harm);
  const revenue = (wanted: Harm): number =>
    [...harmed].reduce(
      (sum, [entityId, harm]) => sum + (harm === wanted ? (topology.entities.get(entityId)?.revenue_weight ?? 0) : 0),
      0,
    );
  const customersLost = count(customersHarmed.values(), 'lost');
  const minutes = Math.max(0, now - Date.parse(cluster.first_raised_at)) / 60_000;
  const weighed = {
    emergencyLost: count(emergency, 'lost'),
    emergencyAtRisk: count(emergency, 'at_risk'),
    revenueLost: revenue('lost'),
    revenueAtRisk: revenue('at_risk'),
    lostTiers: [
      ...services.filter(({ harm }) => harm === 'lost').map(({ sla_tier }) => sla_tier),
      ...[...customers.values()]
        .filter(({ customer_id }) => customersHarmed.get(customer_id) === 'lost')
        .map(({ sla_tier }) => sla_tier),
    ],
    severityRank: severityRank(cluster.severity),
  };
  const impact: ClusterImpact = {
    cluster_id: cluster.cluster_id,
    title: cluster.title,
    emergency_lost: weighed.emergencyLost,
    emergency_at_risk: weighed.emergencyAtRisk,
    services_lost: count(
      services.map(({ harm }) => harm),
      'lost',
    ),
    services_at_risk: count(
      services.map(({ harm }) => harm),
      'at_risk',
    ),
    customers_lost: customersLost,
    customers_at_risk: count(customersHarmed.values(), 'at_risk'),
    revenue_lost: weighed.revenueLost,
    revenue_at_risk: weighed.revenueAtRisk,
    customer_minutes: cluster.state === 'active' ? Math.round(customersLost * minutes) : 0,
    order: criteriaOf(weighed),
    services: services.slice(0, listMax),
    customers: [...customers.values()].slice(0, listMax).map((customer) => ({
      customer_id: customer.customer_id,
      name: customer.name,
      sla_tier: customer.sla_tier,
      harm: customersHarmed.get(customer.customer_id) ?? 'at_risk',
      consent_proactive_comms: customer.consent_proactive_comms === 1,
    })),
  };
  return { impact, harmed, customersHarmed };
}

/** Who is hurt by one cluster; null when there is none of this id. */
export function impactOfCluster(
  unit: ReadUnit,
  tenantId: string,
  clusterId: string,
  now: number,
): ClusterImpact | null {
  const cluster = findCluster(unit, tenantId, clusterId);
  return cluster === null ? null : assess(unit, cluster, groundOf(unit, tenantId, now)).impact;
}

/** The customers that a cluster hurts, lost ones first. Null when there is no such cluster. */
export function customersHurtBy(unit: ReadUnit, tenantId: string, clusterId: string, now: number): string[] | null {
  const cluster = findCluster(unit, tenantId, clusterId);
  if (cluster === null) return null;
  const { customersHarmed } = assess(unit, cluster, groundOf(unit, tenantId, now));
  return [...customersHarmed]
    .sort(([, left], [, right]) => (left === right ? 0 : left === 'lost' ? -1 : 1))
    .map(([id]) => id);
}

/** Who is hurt by each active cluster, the worst first, and in total. */
export function impactList(unit: ReadUnit, tenantId: string, now: number): ImpactList {
  const ground = groundOf(unit, tenantId, now);
  const active = listClusters(unit, tenantId, { state: 'active', limit: clustersMax })?.items ?? [];
  const assessed = active.map((cluster) => assess(unit, cluster, ground));
  const harmed = new Map<string, Harm>();
  const customersHarmed = new Map<string, Harm>();
  for (const one of assessed) {
    for (const [id, harm] of one.harmed) if (harmed.get(id) !== 'lost') harmed.set(id, harm);
    for (const [id, harm] of one.customersHarmed) if (customersHarmed.get(id) !== 'lost') customersHarmed.set(id, harm);
  }
  const revenue = (wanted: Harm): number =>
    [...harmed].reduce(
      (sum, [id, harm]) => sum + (harm === wanted ? (ground.topology.entities.get(id)?.revenue_weight ?? 0) : 0),
      0,
    );
  const items = assessed
    .map(({ impact: { services: _services, customers: _customers, ...summary } }) => summary)
    .sort((left, right) => compareCriteria(left.order, right.order));
  return {
    items,
    total: {
      revenue_lost: revenue('lost'),
      revenue_at_risk: revenue('at_risk'),
      customers_lost: [...customersHarmed.values()].filter((harm) => harm === 'lost').length,
      customer_minutes: items.reduce((sum, { customer_minutes }) => sum + customer_minutes, 0),
    },
    at: toTimestamp(now),
  };
}
