import type { LoadedPolicy } from '#engine/policies/evaluate-policies.ts';
import { describeFaults, readPolicy } from '#engine/policies/policy-document.ts';
import type { PolicyFacts } from '#engine/policies/policy-facts.ts';

/** Facts of a harmless restart of one cell; any part can be another. */
export function factsOf(
  parts: { readonly [Part in keyof PolicyFacts]?: Partial<PolicyFacts[Part]> } = {},
): PolicyFacts {
  return {
    action: {
      type: 'restart_cell',
      risk: 'low',
      entity_id: 'CELL-1',
      entity_type: 'CELL',
      region: 'SITE-1',
      reversible: true,
      automatic: false,
      preventive: false,
      ...parts.action,
    },
    blast: { entities: 1, emergency_services: 0, customers: 0, revenue: 1, best_tier: '', ...parts.blast },
    cause: { alarm_type: 'CELL_DOWN', confidence: 0.9, ...parts.cause },
    cluster: { severity: 'major', alarms: 3, is_emergency_service: false, ...parts.cluster },
  };
}

/** A policy from its text; throws when it is broken. */
export function policyOf(text: string, version = 1): LoadedPolicy {
  const reading = readPolicy(text);
  if (!reading.ok) throw new Error(describeFaults(reading.faults));
  return { version, document: reading.document };
}

/** A policy that allows everything. */
export const allowAll = `policy: house\nrules:\n  - {rule: all, effect: allow, because: We trust it.}\n`;
