import { executionsOf, historyOf, listActions } from '../actions/action-queries.ts';
import { findAction } from '../actions/action-store.ts';
import { actionToWire } from '../actions/action-wire.ts';
import { remedyOf } from '../actions/catalogue.ts';
import { nothingSkipped } from '../actions/commands/decide-context.ts';
import { listAudit } from '../audit/audit-queries.ts';
import { decisionToWire, listDecisions } from '../decisions/decision-queries.ts';
import { similarDecisions } from '../decisions/decision-store.ts';
import { judgeExecution, verdictOn } from '../gate/situation.ts';
import { handoverOf } from '../handover/handover.ts';
import type { ApiContext } from './api-context.ts';
import { base } from './base.ts';
import { decide } from './decide.ts';
import { refusal } from './refusal.ts';
import type { ApiServices } from './services.ts';
import { found, pageOrRefusal, tenantOf } from './submit.ts';

const similarShown = 5;
/** A handover looks back at most so long: a month. */
const handoverMilliseconds = 31 * 86_400_000;

/** Implements the contract's `actions`, `decisions`, `audit` and `handover`. */
export function actionProcedures(services: ApiServices) {
  const { reader, gatekeeper, clock } = services;

  const actionOf = (context: ApiContext, actionId: string) =>
    actionToWire(
      found(
        reader.read((unit) => findAction(unit.orm, tenantOf(context), actionId)),
        `action ${actionId}`,
      ),
    );
  const detailOf = (context: ApiContext, actionId: string) =>
    reader.read((unit) => {
      const tenantId = tenantOf(context);
      const row = found(findAction(unit.orm, tenantId, actionId), `action ${actionId}`);
      const judging = { orm: unit.orm, shelf: gatekeeper.shelf, now: clock(), skip: nothingSkipped, tenantId };
      const verdict = verdictOn(judging, row, false);
      const remedy = remedyOf(row.actionType);
      const { results } = judgeExecution(judging, row, gatekeeper.around(), { isAutomatic: false, executionId: '' });
      const similar = similarDecisions(
        unit,
        tenantId,
        { features: row.evidence.features, words: '' },
        similarShown + 1,
      );
      return {
        ...actionToWire(row),
        verdict: {
          outcome: verdict.outcome,
          approvals: verdict.approvals,
          approver_roles: verdict.approverRoles.map((list) => [...list]),
          automatic: verdict.automatic,
          rules: [...verdict.rules],
        },
        checks: [...results],
        remedy:
          remedy === null
            ? null
            : {
                preconditions: [...remedy.preconditions],
                steps: [...remedy.steps],
                dry_run: remedy.dryRun,
                way_back: remedy.undoneBy === null ? null : (remedyOf(remedy.undoneBy)?.title ?? null),
                proof: `${remedy.proof.words} Within ${remedy.proof.minutes} minutes.`,
              },
        history: historyOf(unit, actionId),
        executions: executionsOf(unit, actionId),
        similar: similar
          .filter(({ decision }) => decision.actionId !== actionId)
          .slice(0, similarShown)
          .map(({ decision, similarity }) => decisionToWire(decision, similarity)),
      };
    });

  return {
    actions: {
      list: base.actions.list.handler(({ input, context }) =>
        pageOrRefusal(reader.read((unit) => listActions(unit, tenantOf(context), input))),
      ),
      get: base.actions.get.handler(({ input, context }) => detailOf(context, input.action_id)),
      approve: base.actions.approve.handler(async ({ input, context }) => {
        await decide(services, context, { name: 'action.approve', actionId: input.action_id, note: input.note });
        return actionOf(context, input.action_id);
      }),
      reject: base.actions.reject.handler(async ({ input, context }) => {
        await decide(services, context, { name: 'action.reject', actionId: input.action_id, reason: input.reason });
        return actionOf(context, input.action_id);
      }),
      execute: base.actions.execute.handler(async ({ input, context }) => {
        const around = gatekeeper.around();
        await decide(services, context, { name: 'action.execute', actionId: input.action_id, around });
        gatekeeper.wake();
        return actionOf(context, input.action_id);
      }),
      outcome: base.actions.outcome.handler(async ({ input, context }) => {
        const { action_id, outcome, note, rating } = input;
        await decide(services, context, {
          name: 'action.outcome',
          actionId: action_id,
          outcome,
          note,
          rating: rating ?? null,
        });
        return actionOf(context, action_id);
      }),
    },
    decisions: {
      list: base.decisions.list.handler(({ input, context }) => {
        const page = reader.read((unit) => listDecisions(unit, tenantOf(context), input));
        if (page === 'unknown') throw refusal('NOT_FOUND', `There is no action or cluster ${input.similar_to}.`);
        return pageOrRefusal(page);
      }),
    },
    audit: {
      list: base.audit.list.handler(({ input, context }) =>
        pageOrRefusal(reader.read((unit) => listAudit(unit, tenantOf(context), input))),
      ),
    },
    handover: {
      get: base.handover.get.handler(({ input, context }) => {
        const since = Date.parse(input.since);
        const now = clock();
        if (since > now || now - since > handoverMilliseconds)
          throw refusal('UNPROCESSABLE_CONTENT', 'since: must lie in the last 31 days', {
            errors: [{ field: 'since', message: 'must lie in the last 31 days' }],
          });
        return reader.read((unit) => handoverOf(unit, tenantOf(context), since, now));
      }),
    },
  };
}
