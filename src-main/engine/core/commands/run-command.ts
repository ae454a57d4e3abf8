import { insertToken, noteTokenUses, revokeToken } from '../../access/token-store.ts';
import { type DecideCommand, isDecideCommand } from '../../actions/commands/decide-command.ts';
import { runCustomerCommand } from '../../customers/customer-commands.ts';
import type { TopologyDirectory } from '../../topology/topology-directory.ts';
import { replaceTopology } from '../../topology/topology-store.ts';

import type { Command, CoreInput, CoreResult } from '../inputs.ts';

import { operateAlarm, operateInBulk } from './alarm-commands.ts';
import { correctCluster } from './cluster-commands.ts';
import { type CommandContext, done, refused } from './command-context.ts';
import { createIncident, moveIncident, noteIncident, patchIncident } from './incident-commands.ts';
import { decideInputOf, noteCommand } from './note-command.ts';
import { decideCause, endMaintenance, forgetHabit, planMaintenance, writeRule } from './rule-commands.ts';

/** Whether an input decides on what was accepted before it; tokens, signatures and the emergency stop have nothing to do with alarms. */
export function seesState(input: CoreInput): boolean {
  if (input.kind !== 'command' || input.command.name.startsWith('token.')) return false;
  return !isDecideCommand(input.command) || input.command.name.startsWith('action.');
}

/** Carries out what a person or a client asked for, within the batch's transaction, and writes it into the audit trail. */
export function runCommand(context: CommandContext, topology: TopologyDirectory): CoreResult {
  const { input, set } = context;
  const { command } = input;
  if (isDecideCommand(command)) return set.stores.decider.run(command, decideInputOf(input, set));
  const result = carryOut(command, context, topology);
  noteCommand(input, result, set);
  return result;
}

function carryOut(
  command: Exclude<Command, DecideCommand>,
  context: CommandContext,
  topology: TopologyDirectory,
): CoreResult {
  const { input, set } = context;
  switch (command.name) {
    case 'alarm.operate':
      return operateAlarm(command, context);
    case 'alarm.bulk':
      return operateInBulk(command.input, context);
    case 'incident.create':
      return createIncident(command.input, context, topology);
    case 'incident.patch':
      return patchIncident(command.input, context);
    case 'incident.move':
      return moveIncident(command, context);
    case 'incident.note':
      return noteIncident(command, context);
    case 'cluster.correct':
      return correctCluster(command, context);
    case 'grouping-rule.write':
      return writeRule(command, context);
    case 'grouping-habit.forget':
      return forgetHabit(command, context);
    case 'cause.decide':
      return decideCause(command, context);
    case 'maintenance.plan':
      return planMaintenance(command, context);
    case 'maintenance.end':
      return endMaintenance(command, context);
    case 'topology.replace':
      replaceTopology(set.stores.client, input.tenantId, command.topology, set.now);
      context.topologyChanged(input.tenantId);
      return done(input.tenantId);
    case 'customers.put':
    case 'customer.consent':
    case 'customer.erase':
    case 'care.send':
      return runCustomerCommand(set.stores.client, command, {
        tenantId: input.tenantId,
        operator: input.operator,
        entryId: input.entryId,
        now: set.now,
      });
    case 'token.create':
      set.stores.units.write((unit) => insertToken(unit, command.input, command.tokenId, command.secretHash, set.now));
      return done(command.tokenId);
    case 'token.used':
      set.stores.units.write((unit) => noteTokenUses(unit, command.uses));
      return done('');
    case 'token.revoke':
      return set.stores.units.write((unit) => revokeToken(unit, command.tokenId, set.now))
        ? done(command.tokenId)
        : refused('NOT_FOUND', `There is no token ${command.tokenId}.`);
  }
}
