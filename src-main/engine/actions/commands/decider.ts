import { createAuditTrail } from '../../audit/audit-store.ts';
import type { CoreResult } from '../../core/inputs.ts';
import { createPolicyShelf } from '../../policies/policy-shelf.ts';
import type { SqliteClient, WriteUnit } from '../../store/database.ts';
import { approveAction, rejectAction, reportOutcome } from './approval-commands.ts';
import type { DecideCommand, DecidingActor } from './decide-command.ts';
import { audit, carriedOut, type DecideContext, nothingSkipped, type Skipped } from './decide-context.ts';
import { answerExecution, beginExecution, executeAction, queueAutomatic } from './execution-commands.ts';
import { recoverExecutions, rollBack } from './failure-commands.ts';
import {
  chooseOption,
  noteSelfTest,
  releaseStop,
  revokeAdr,
  setAutonomy,
  signAdr,
  stopEverything,
} from './gate-commands.ts';
import { changePerson, createPerson, endSession, startSession, touchSession } from './people-commands.ts';
import { putPolicy, withdrawPolicy } from './policy-commands.ts';
import { judgeByTime, proposeActions } from './proposal-commands.ts';

/** One command and what surrounds it. */
export interface DecideInput {
  readonly tenantId: string;
  readonly actor: DecidingActor;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly entryId: string;
  readonly traceId: string;
  /** Told which actions are not what they were. */
  readonly changed: (tenantId: string, actionId: string) => void;
}

/** Everything about deciding and acting, on the writer's connection. Commands run in the caller's transaction. */
export interface Decider {
  run(command: DecideCommand, input: DecideInput): CoreResult;
  /** Writes a record about something that another part of the engine carried out for somebody. */
  note(input: DecideInput, what: string, subject: string, why: string, detail: Readonly<Record<string, unknown>>): void;
  /** To be called after a transaction was rolled back. */
  forget(): void;
}

/** `skipped` leaves checks out; only tests give it, to show that each one matters. */
export function createDecider(client: SqliteClient, unit: WriteUnit, skipped: Skipped = nothingSkipped): Decider {
  const trail = createAuditTrail(client);
  const shelf = createPolicyShelf(unit.orm);
  const contextOf = (input: DecideInput): DecideContext => {
    let ids = 0;
    return { ...input, unit, trail, shelf, skip: skipped, nextId: () => `${input.entryId}-${++ids}` };
  };
  return {
    run(command, input) {
      // Sent again after a crash of the writer: it was carried out then.
      if (command.name !== 'session.used' && trail.knows(input.entryId)) return carriedOut(input.entryId);
      return decide(command, contextOf(input));
    },
    note: (input, what, subject, why, detail) => audit(contextOf(input), what, subject, why, detail),
    forget: () => shelf.forget(),
  };
}

function decide(command: DecideCommand, context: DecideContext): CoreResult {
  switch (command.name) {
    case 'action.propose':
      return proposeActions(command, context);
    case 'action.approve':
      return approveAction(command, context);
    case 'action.reject':
      return rejectAction(command, context);
    case 'action.execute':
      return executeAction(command, context);
    case 'action.outcome':
      return reportOutcome(command, context);
    case 'action.tick': {
      const { failed } = judgeByTime(context);
      for (const action of failed) rollBack(context, action, 'The alarms still stand.', false, command.around);
      queueAutomatic(context, command.around);
      return carriedOut(context.tenantId);
    }
    case 'execution.begin':
      return beginExecution(command, context);
    case 'execution.answer':
      return answerExecution(command, context);
    case 'execution.recover':
      recoverExecutions(context, command.around);
      return carriedOut('');
    case 'policy.put':
      return putPolicy(command, context);
    case 'policy.withdraw':
      return withdrawPolicy(command, context);
    case 'adr.choose':
      return chooseOption(command, context);
    case 'adr.sign':
      return signAdr(command, context);
    case 'adr.revoke':
      return revokeAdr(command, context);
    case 'gate.stop':
      return stopEverything(command, context);
    case 'gate.release':
      return releaseStop(command, context);
    case 'gate.autonomy':
      return setAutonomy(command, context);
    case 'gate.self_test':
      return noteSelfTest(command, context);
    case 'person.create':
      return createPerson(command, context);
    case 'person.change':
      return changePerson(command, context);
    case 'session.start':
      return startSession(command, context);
    case 'session.end':
      return endSession(command, context);
    case 'session.used':
      return touchSession(command, context);
    case 'audit.refused':
      audit(context, `${command.what}.refused`, command.subject, command.why);
      return carriedOut(command.subject);
  }
}
