import { impactList, impactOfCluster } from '../impact/impact-queries.ts';
import { getLedger } from '../ledger/ledger-queries.ts';
import { getScorecard } from '../scorecard/scorecard-queries.ts';
import { findEntity } from '../topology/topology-queries.ts';
import { readTopology } from '../topology/topology-store.ts';
import { actionProcedures } from './action-procedures.ts';
import { alarmProcedures } from './alarm-procedures.ts';
import { base } from './base.ts';
import { clusterProcedures } from './cluster-procedures.ts';
import { consoleProcedures } from './console-procedures.ts';
import { customerProcedures } from './customer-procedures.ts';
import { adrProcedures, peopleProcedures, policyProcedures } from './governance-procedures.ts';
import { causeProcedures, groupingProcedures } from './grouping-procedures.ts';
import { incidentProcedures } from './incident-procedures.ts';
import { kpiProcedures } from './kpi-procedures.ts';
import { maintenanceProcedures, noiseProcedures } from './noise-procedures.ts';
import { refusal } from './refusal.ts';
import type { ApiServices } from './services.ts';
import { command, found, tenantOf } from './submit.ts';

/** The longest period a scorecard may cover: 400 days, a year against the year before with room. */
const scorecardMaxMilliseconds = 400 * 86_400_000;

/** Implements the contract once, for every transport. A missing procedure does not compile. */
export function createRouter(services: ApiServices) {
  const { reader } = services;
  const published = {
    ...actionProcedures(services),
    adr: adrProcedures(services),
    people: peopleProcedures(services),
    policies: policyProcedures(services),
    alarms: alarmProcedures(services),
    causes: causeProcedures(services),
    clusters: clusterProcedures(services),
    grouping: groupingProcedures(services),
    maintenance: maintenanceProcedures(services),
    noise: noiseProcedures(services),
    incidents: incidentProcedures(services),
    customers: customerProcedures(services),
    impact: {
      list: base.impact.list.handler(({ context }) =>
        reader.read((unit) => impactList(unit, tenantOf(context), services.clock())),
      ),
      cluster: base.impact.cluster.handler(({ input, context }) =>
        found(
          reader.read((unit) => impactOfCluster(unit, tenantOf(context), input.cluster_id, services.clock())),
          `cluster ${input.cluster_id}`,
        ),
      ),
    },
    kpi: kpiProcedures(services),
    ledger: {
      get: base.ledger.get.handler(({ context }) => reader.read((unit) => getLedger(unit, tenantOf(context)))),
    },
    scorecard: {
      get: base.scorecard.get.handler(({ input, context }) => {
        const from = Date.parse(input.from);
        const to = Date.parse(input.to);
        if (from >= to || to - from > scorecardMaxMilliseconds)
          throw refusal('UNPROCESSABLE_CONTENT', 'to: must be after from, and at most 400 days later', {
            errors: [{ field: 'to', message: 'must be after from, and at most 400 days later' }],
          });
        return reader.read((unit) => getScorecard(unit, tenantOf(context), from, to));
      }),
    },
    topology: {
      get: base.topology.get.handler(({ context }) =>
        reader.read((unit) => readTopology(unit.client, tenantOf(context))),
      ),
      put: base.topology.put.handler(async ({ input, context }) => {
        await command(services, context, tenantOf(context), { name: 'topology.replace', topology: input });
        return { entities: input.entities.length, links: input.links.length };
      }),
      entity: base.topology.entity.handler(({ input, context }) =>
        found(
          reader.read((unit) => findEntity(unit, tenantOf(context), input.entity_id)),
          `entity ${input.entity_id}`,
        ),
      ),
    },
  };
  return { published, whole: base.router({ ...published, console: consoleProcedures(services) }) };
}
