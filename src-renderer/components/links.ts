/** Addresses of the console's objects, so that everything leads to everything. */
export const linkTo = {
  cluster: (clusterId: string) => `/clusters/${encodeURIComponent(clusterId)}`,
  /** The situation with the cluster selected. */
  inSituation: (clusterId: string) => `/situation?cluster=${encodeURIComponent(clusterId)}`,
  incident: (incidentId: string) => `/incidents/${encodeURIComponent(incidentId)}`,
  action: (actionId: string) => `/actions/${encodeURIComponent(actionId)}`,
  alarm: (alarmId: string) => `/alarms?alarm=${encodeURIComponent(alarmId)}`,
  /** The alarms that a query finds. */
  alarms: (query: string) => `/alarms?q=${encodeURIComponent(query)}`,
  /** The alarms of an entity; names with spaces are quoted. */
  entity: (entityId: string) => `/alarms?q=${encodeURIComponent(`entity:"${entityId}"`)}`,
} as const;
