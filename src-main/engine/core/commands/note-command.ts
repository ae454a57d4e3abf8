import type { DecideInput } from '../../actions/commands/decider.ts';
import type { CommandInput, CoreResult } from '../inputs.ts';
import type { WorkingSet } from '../working-set.ts';

/** How many ids of a bulk operation are written down one by one; the number of all is. */
const idsMax = 50;

/** Who asks and when, for everything that decides or is noted in the audit trail. */
export function decideInputOf(input: CommandInput, set: WorkingSet): DecideInput {
  return {
    tenantId: input.tenantId,
    actor: input.actor ?? { kind: 'command_line', id: input.operator, name: input.operator, roles: [] },
    now: set.now,
    entryId: input.entryId,
    traceId: input.trace.traceId,
    changed: (tenantId, actionId) => set.actionChanged(tenantId, actionId),
  };
}

/** Writes what somebody had carried out into the audit trail. What decides about actions writes its own, finer records. */
export function noteCommand(input: CommandInput, result: CoreResult, set: WorkingSet): void {
  const { command } = input;
  if (result.kind !== 'done' || command.name === 'token.used') return;
  const { subject, why, detail } = factsOf(command, result);
  set.stores.decider.note(decideInputOf(input, set), command.name, subject, why, detail);
}

function factsOf(
  command: CommandInput['command'],
  result: Extract<CoreResult, { kind: 'done' }>,
): { readonly subject: string; readonly why: string; readonly detail: Readonly<Record<string, unknown>> } {
  const why = 'note' in command && typeof command.note === 'string' ? command.note : '';
  switch (command.name) {
    case 'alarm.operate':
      return { subject: command.alarmId, why, detail: { operation: command.operation, minutes: command.minutes } };
    case 'alarm.bulk': {
      const { operation } = command.input;
      const detail = { operation, alarms: result.done.length, alarm_ids: result.done.slice(0, idsMax) };
      return { subject: operation, why, detail };
    }
    case 'incident.patch': {
      const { incident_id, ...changes } = command.input;
      return { subject: incident_id, why, detail: changes };
    }
    case 'incident.move':
      return { subject: command.incidentId, why, detail: { move: command.move } };
    case 'incident.note':
      return { subject: command.incidentId, why: command.text, detail: {} };
    case 'topology.replace': {
      const { entities, links } = command.topology;
      return { subject: 'topology', why, detail: { entities: entities.length, links: links.length } };
    }
    case 'customers.put':
      return { subject: 'customers', why, detail: { customers: command.customers.customers.length } };
    case 'customer.consent':
      return { subject: command.customerId, why, detail: { consent: command.consent } };
    case 'care.send': {
      const detail = { cluster_id: command.clusterId, sent: result.done.length, blocked: result.refused.length };
      return { subject: command.clusterId ?? 'customers', why, detail };
    }
    case 'token.create':
      return {
        subject: command.tokenId,
        why,
        detail: { token_name: command.input.name, scopes: command.input.scopes },
      };
    default:
      return { subject: result.id, why, detail: {} };
  }
}
