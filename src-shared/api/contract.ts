import type { ContractRouterClient } from '@orpc/contract';
import { alarmsContract } from './alarms.ts';
import { causesContract } from './causes.ts';
import { clustersContract } from './clusters.ts';
import { consoleContract } from './console.ts';
import { groupingContract } from './grouping.ts';
import { incidentsContract } from './incidents.ts';
import { ledgerContract } from './ledger.ts';
import { maintenanceContract, noiseContract } from './noise.ts';
import { scorecardContract } from './scorecard.ts';
import { topologyContract } from './topology.ts';

/** Procedures that are published as REST under `/api/v1` and described in `/openapi.json`. */
export const publicContract = {
  alarms: alarmsContract,
  causes: causesContract,
  clusters: clustersContract,
  grouping: groupingContract,
  incidents: incidentsContract,
  ledger: ledgerContract,
  maintenance: maintenanceContract,
  noise: noiseContract,
  scorecard: scorecardContract,
  topology: topologyContract,
};

/** The console API: one contract for message ports, HTTP and tests. */
export const contract = { ...publicContract, console: consoleContract };

/** A client of the console API, whatever carries it. */
export type ConsoleClient = ContractRouterClient<typeof contract>;

/** The header that names the tenant a console session works for; the engine checks that the session may. */
export const tenantHeader = 'x-pedkai-tenant';
