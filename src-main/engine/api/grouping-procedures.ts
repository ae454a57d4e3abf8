import { setImmediate } from 'node:timers/promises';
import type { GroupingRule } from '#shared/vocabulary/grouping-rule.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { listHabits } from '../corrections/correction-queries.ts';
import { listCauses } from '../correlation/causes/cause-store.ts';
import { createLiveCorrelator } from '../correlation/live-correlator.ts';
import { previewRules } from '../grouping-rules/preview-rules.ts';
import { recentEvents } from '../grouping-rules/recent-events.ts';
import { currentRules, rulesInForce, ruleToWire, versionsOf } from '../grouping-rules/rules-store.ts';
import { correlationTopologyOf } from '../topology/topology-store.ts';
import type { ApiContext } from './api-context.ts';
import { base } from './base.ts';
import type { ApiServices } from './services.ts';
import { command, found, tenantOf } from './submit.ts';

const previewMilliseconds = 86_400_000;

/** Implements the contract's `grouping`. */
export function groupingProcedures(services: ApiServices) {
  const { reader, clock } = services;
  const newest = (tenantId: string, ruleId: string) =>
    ruleToWire(
      found(
        reader.read((unit) => versionsOf(unit, tenantId, ruleId)[0] ?? null),
        `grouping rule ${ruleId}`,
      ),
    );
  const write = async (context: ApiContext, ruleId: string | null, definition: GroupingRule | null) => {
    const tenantId = tenantOf(context);
    const { id } = await command(services, context, tenantId, { name: 'grouping-rule.write', ruleId, definition });
    return newest(tenantId, id);
  };

  const preview = async (tenantId: string, rule: GroupingRule, ruleId: string | undefined) => {
    const startedAt = performance.now();
    const to = clock();
    const from = to - previewMilliseconds;
    const { events, raises, isCut, topology, before } = reader.read((unit) => ({
      ...recentEvents(unit, tenantId, from),
      topology: correlationTopologyOf(unit.client, tenantId),
      before: rulesInForce(unit, tenantId),
    }));
    const outcome = await previewRules({
      events,
      topology,
      windowSeconds: services.correlationWindowSeconds,
      correlator: createLiveCorrelator(services.correlationWindowSeconds),
      before,
      after: [...before.filter((other) => other.ruleId !== ruleId), { ...rule, ruleId: ruleId ?? 'new' }],
      pause: () => setImmediate(),
    });
    return {
      from: toTimestamp(from),
      to: toTimestamp(to),
      alarms: raises,
      is_cut: isCut,
      took_milliseconds: performance.now() - startedAt,
      ...outcome,
    };
  };

  return {
    rules: {
      list: base.grouping.rules.list.handler(({ context }) => ({
        items: reader.read((unit) => currentRules(unit, tenantOf(context)).map(ruleToWire)),
      })),
      versions: base.grouping.rules.versions.handler(({ input, context }) => ({
        items: reader.read((unit) => versionsOf(unit, tenantOf(context), input.rule_id).map(ruleToWire)),
      })),
      create: base.grouping.rules.create.handler(({ input, context }) => write(context, null, input)),
      change: base.grouping.rules.change.handler(({ input: { rule_id, ...definition }, context }) =>
        write(context, rule_id, definition),
      ),
      withdraw: base.grouping.rules.withdraw.handler(({ input, context }) => write(context, input.rule_id, null)),
      preview: base.grouping.rules.preview.handler(({ input, context }) =>
        preview(tenantOf(context), input.rule, input.rule_id),
      ),
    },
    habits: {
      list: base.grouping.habits.list.handler(({ context }) => ({
        items: reader.read((unit) => listHabits(unit, tenantOf(context))),
      })),
      forget: base.grouping.habits.forget.handler(async ({ input, context }) => {
        const tenantId = tenantOf(context);
        await command(services, context, tenantId, {
          name: 'grouping-habit.forget',
          leftKind: input.left_kind,
          rightKind: input.right_kind,
          place: input.place,
        });
        return { items: reader.read((unit) => listHabits(unit, tenantId)) };
      }),
    },
  };
}

/** Implements the contract's `causes`. */
export function causeProcedures(services: ApiServices) {
  const { reader } = services;
  return {
    list: base.causes.list.handler(({ context }) => reader.read((unit) => listCauses(unit, tenantOf(context)))),
    decide: base.causes.decide.handler(async ({ input, context }) => {
      const tenantId = tenantOf(context);
      await command(services, context, tenantId, { name: 'cause.decide', ...input });
      return reader.read((unit) => listCauses(unit, tenantId));
    }),
  };
}
