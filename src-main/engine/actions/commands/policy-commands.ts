import type { CoreResult } from '../../core/inputs.ts';
import { describeFaults, readPolicy } from '../../policies/policy-document.ts';
import { newestVersion, retire, storePolicy } from '../../policies/policy-shelf.ts';
import type { DecideCommand } from './decide-command.ts';
import { audit, carriedOut, type DecideContext, refusedAndNoted } from './decide-context.ts';

/** Puts the next version of a policy in force. A broken one is refused with its lines, and the old one stays. */
export function putPolicy(
  { source, note, expectedVersion }: Extract<DecideCommand, { name: 'policy.put' }>,
  context: DecideContext,
): CoreResult {
  const { unit, tenantId, actor, now, shelf } = context;
  const reading = readPolicy(source);
  if (!reading.ok)
    return refusedAndNoted(context, 'policy.put', 'policy', 'UNPROCESSABLE_CONTENT', describeFaults(reading.faults));
  const { document } = reading;
  const newest = newestVersion(unit.orm, tenantId, document.name);
  if (expectedVersion !== null && expectedVersion !== newest)
    return refusedAndNoted(
      context,
      'policy.put',
      document.name,
      'CONFLICT',
      `The policy is at version ${newest}, not ${expectedVersion}: somebody changed it since you read it.`,
    );
  const inForce = shelf.of(tenantId).policies.find((loaded) => loaded.document.name === document.name);
  const version = storePolicy(unit.orm, tenantId, document, source, { name: actor.name, note, at: now });
  shelf.forget(tenantId);
  audit(context, 'policy.stored', document.name, note, {
    version,
    replaces: inForce?.version ?? null,
    rules: document.rules.length,
  });
  return carriedOut(document.name);
}

/** Takes a policy out of force. */
export function withdrawPolicy(
  { policy, reason }: Extract<DecideCommand, { name: 'policy.withdraw' }>,
  context: DecideContext,
): CoreResult {
  if (!retire(context.unit.orm, context.tenantId, policy))
    return refusedAndNoted(context, 'policy.withdraw', policy, 'NOT_FOUND', `There is no policy ${policy} in force.`);
  context.shelf.forget(context.tenantId);
  audit(context, 'policy.withdrawn', policy, reason);
  return carriedOut(policy);
}
