import type { ActionState } from '#shared/vocabulary/actions.ts';
import type { AuditTrail } from '../../audit/audit-store.ts';
import type { CoreResult, Refusal } from '../../core/inputs.ts';
import type { ExecutionCheckName } from '../../gate/execution-checks.ts';
import type { GateConditionName } from '../../gate/gate-state.ts';
import type { PolicyShelf } from '../../policies/policy-shelf.ts';
import type { WriteUnit } from '../../store/database.ts';
import { mayMove, whyNot } from '../action-rules.ts';
import { type ActionRow, changeAction, noteHistory } from '../action-store.ts';
import type { DecidingActor } from './decide-command.ts';

/** What a command about deciding and acting works with, within the writer's transaction. */
export interface DecideContext {
  readonly unit: WriteUnit;
  readonly trail: AuditTrail;
  readonly shelf: PolicyShelf;
  readonly tenantId: string;
  readonly actor: DecidingActor;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly entryId: string;
  readonly traceId: string;
  /** Gives ids that are the same whenever the same input is worked on again. */
  readonly nextId: () => string;
  /** Says that an action is not what it was: subscribers are told. */
  readonly changed: (tenantId: string, actionId: string) => void;
  /** Left out of every judgement. Only tests fill it, to show that each check matters. */
  readonly skip: Skipped;
}

export interface Skipped {
  readonly conditions: ReadonlySet<GateConditionName>;
  readonly checks: ReadonlySet<ExecutionCheckName>;
}

export const nothingSkipped: Skipped = { conditions: new Set(), checks: new Set() };

/** Writes into the tenant's trail who did what, and why. */
export function audit(
  context: DecideContext,
  what: string,
  subject: string,
  why: string,
  detail: Readonly<Record<string, unknown>> = {},
): void {
  const { trail, tenantId, now, actor, traceId, entryId } = context;
  const kinds = actor.roles.length === 0 ? {} : { roles: actor.roles };
  trail.append({
    tenantId,
    at: now,
    actor: { kind: actor.kind, name: actor.name },
    what,
    subject,
    why,
    detail: {
      ...detail,
      ...kinds,
      ...(actor.kind === 'person' || actor.kind === 'token' ? { actor_id: actor.id } : {}),
    },
    traceId,
    entryId,
  });
}

/** A refusal that leaves a record: nothing that was tried in the matter of acting goes unnoticed. */
export function refusedAndNoted(
  context: DecideContext,
  what: string,
  subject: string,
  code: Refusal['code'],
  message: string,
): CoreResult {
  audit(context, `${what}.refused`, subject, message);
  return { kind: 'refused', refusal: { code, message } };
}

export function carriedOut(id: string): CoreResult {
  return { kind: 'done', id, done: [id], refused: [] };
}

/** Moves an action to another state, with its history and its record. Throws when the life cycle does not allow it: ask `mayMove` first. */
export function moveAction(
  context: DecideContext,
  action: ActionRow,
  to: ActionState,
  why: string,
  change: Partial<Omit<ActionRow, 'actionId' | 'state'>> = {},
  detail: Readonly<Record<string, unknown>> = {},
): ActionRow {
  if (!mayMove(action.state, to)) throw new Error(whyNot(action.state, to));
  const { unit, now, actor } = context;
  changeAction(unit.orm, action.actionId, { ...change, state: to, changedAt: now });
  noteHistory(unit.orm, {
    actionId: action.actionId,
    at: now,
    actor: actor.name,
    fromState: action.state,
    toState: to,
    why,
  });
  audit(context, `action.${to}`, action.actionId, why, { from: action.state, to, ...detail });
  context.changed(action.tenantId, action.actionId);
  return { ...action, ...change, state: to, changedAt: now };
}
