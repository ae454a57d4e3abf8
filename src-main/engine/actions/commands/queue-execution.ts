import { type ActionRow, insertExecution } from '../action-store.ts';
import { type DecideContext, moveAction } from './decide-context.ts';

/** What a judgement about an execution of a tenant is made with. */
export const judging = (context: DecideContext, tenantId: string) => ({
  orm: context.unit.orm,
  shelf: context.shelf,
  now: context.now,
  skip: context.skip,
  tenantId,
});

/** Puts an action in the queue of the executor. The caller has judged it; every attempt is judged again. */
export function queue(context: DecideContext, action: ActionRow, isAutomatic: boolean, why: string): void {
  const executionId = context.nextId();
  insertExecution(context.unit.orm, {
    executionId,
    tenantId: action.tenantId,
    actionId: action.actionId,
    actionType: action.actionType,
    entityId: action.entityId,
    region: action.facts.action.region,
    isAutomatic,
    state: 'queued',
    attempts: 0,
    queuedAt: context.now,
    startedAt: null,
    endedAt: null,
    message: '',
  });
  moveAction(context, action, 'queued', why, {}, { execution_id: executionId, automatic: isAutomatic });
}
