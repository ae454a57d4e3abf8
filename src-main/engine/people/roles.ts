import type { Role } from '#shared/vocabulary/actions.ts';
import { type Scope, scopes } from '#shared/vocabulary/scopes.ts';

const reading: readonly Scope[] = scopes.filter((scope) => scope.endsWith('_READ'));
const working: readonly Scope[] = [...reading, 'ALARM_WRITE', 'INCIDENT_WRITE', 'ACTION_APPROVE'];

/** What each role may do through the API. Who may sign ADR-001 and who may approve what is decided by role, too. */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: reading,
  operator: working,
  supervisor: [...working, 'CUSTOMER_WRITE', 'TOPOLOGY_WRITE', 'KPI_WRITE'],
  product_owner: [...reading, 'ACTION_APPROVE'],
  cto: [...reading, 'ACTION_APPROVE'],
  admin: scopes,
};

/** All that a person with these roles may do. */
export function scopesOf(held: readonly Role[]): ReadonlySet<Scope> {
  return new Set(held.flatMap((role) => scopesOfRole[role]));
}
