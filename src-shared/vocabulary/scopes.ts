import { z } from 'zod';

/** What a token may do. */
export const scopes = [
  'ALARM_READ',
  'ALARM_WRITE',
  'KPI_READ',
  'KPI_WRITE',
  'TOPOLOGY_READ',
  'TOPOLOGY_WRITE',
  'INCIDENT_READ',
  'INCIDENT_WRITE',
  'ACTION_READ',
  'ACTION_APPROVE',
  'CUSTOMER_READ',
  'CUSTOMER_WRITE',
  'ADMIN',
] as const;

export const scopeSchema = z.enum(scopes);
export type Scope = z.infer<typeof scopeSchema>;
