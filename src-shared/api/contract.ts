import type { ContractRouterClient } from '@orpc/contract';
import { actionsContract } from './actions.ts';
import { adrContract } from './adr.ts';
import { alarmsContract } from './alarms.ts';
import { auditContract } from './audit.ts';
import { causesContract } from './causes.ts';
import { clustersContract } from './clusters.ts';
import { consoleContract } from './console.ts';
import { customersContract } from './customers.ts';
import { decisionsContract } from './decisions.ts';
import { groupingContract } from './grouping.ts';
import { handoverContract } from './handover.ts';
import { impactContract } from './impact.ts';
import { incidentsContract } from './incidents.ts';
import { kpiContract } from './kpi.ts';
import { ledgerContract } from './ledger.ts';
import { maintenanceContract, noiseContract } from './noise.ts';
import { peopleContract } from './people.ts';
import { policiesContract } from './policies.ts';
import { scorecardContract } from './scorecard.ts';
import { topologyContract } from './topology.ts';

/** Procedures that are published as REST under `/api/v1` and described in `/openapi.json`. */
export const publicContract = {
  actions: actionsContract,
  adr: adrContract,
  alarms: alarmsContract,
  causes: causesContract,
  clusters: clustersContract,
  grouping: groupingContract,
  incidents: incidentsContract,
  customers: customersContract,
  impact: impactContract,
  kpi: kpiContract,
  ledger: ledgerContract,
  maintenance: maintenanceContract,
  noise: noiseContract,
  audit: auditContract,
  decisions: decisionsContract,
  handover: handoverContract,
  people: peopleContract,
  policies: policiesContract,
  scorecard: scorecardContract,
  topology: topologyContract,
};

/** The console API: one contract for message ports, HTTP and tests. */
export const contract = { ...publicContract, console: consoleContract };

/** A client of the console API, whatever carries it. */
export type ConsoleClient = ContractRouterClient<typeof contract>;

/** The header that names the tenant a console session works for; the engine checks that the session may. */
export const tenantHeader = 'x-pedkai-tenant';

/** The header with the secret of a person's session, beside the console's or a token's own authorization. */
export const sessionHeader = 'x-pedkai-session';
