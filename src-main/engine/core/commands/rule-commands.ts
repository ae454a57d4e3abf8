import { and, eq } from 'drizzle-orm';
import { groupingHabits } from '../../corrections/corrections.schema.ts';
import { dropVerdict, listCauses, writeVerdict } from '../../correlation/causes/cause-store.ts';
import { versionsOf, writeVersion } from '../../grouping-rules/rules-store.ts';
import { endWindow, findWindow, insertWindow } from '../../noise/maintenance-store.ts';
import type { Command, CoreResult } from '../inputs.ts';
import { type CommandContext, done, refused } from './command-context.ts';

/** Makes a rule, or its next version. */
export function writeRule(
  command: Extract<Command, { name: 'grouping-rule.write' }>,
  { set, input, learned }: CommandContext,
): CoreResult {
  const { tenantId, operator } = input;
  const ruleId = command.ruleId ?? `r-${input.entryId}`;
  const refusal = set.stores.units.write((unit): CoreResult | null => {
    const [newest] = versionsOf(unit, tenantId, ruleId);
    if (command.ruleId !== null && newest === undefined)
      return refused('NOT_FOUND', `There is no grouping rule ${ruleId}.`);
    const definition = command.definition ?? newest?.definition;
    if (definition === undefined) return refused('NOT_FOUND', `There is no grouping rule ${ruleId}.`);
    if (command.definition === null && newest?.isInForce === false) return null;
    writeVersion(unit, tenantId, ruleId, definition, {
      isInForce: command.definition !== null,
      at: set.now,
      by: operator,
    });
    return null;
  });
  if (refusal !== null) return refusal;
  learned.rulesChanged(tenantId);
  return done(ruleId);
}

/** Forgets what people did about two kinds; the next correction begins anew. */
export function forgetHabit(
  command: Extract<Command, { name: 'grouping-habit.forget' }>,
  { set, input, learned }: CommandContext,
): CoreResult {
  set.stores.units.write((unit) =>
    unit.orm
      .delete(groupingHabits)
      .where(
        and(
          eq(groupingHabits.tenantId, input.tenantId),
          eq(groupingHabits.leftKind, command.leftKind),
          eq(groupingHabits.rightKind, command.rightKind),
          eq(groupingHabits.place, command.place),
        ),
      )
      .run(),
  );
  learned.rulesChanged(input.tenantId);
  return done('');
}

/** What a person decides about a cause. */
export function decideCause(
  { cause, effect, decision }: Extract<Command, { name: 'cause.decide' }>,
  { set, input, learned }: CommandContext,
): CoreResult {
  const { tenantId } = input;
  set.stores.units.write((unit) => {
    if (decision === 'reset') {
      dropVerdict(unit, tenantId, cause, effect);
      return;
    }
    const known = listCauses(unit, tenantId).items.find((item) => item.cause === cause && item.effect === effect);
    const verdict = ({ pin: 'pinned', forbid: 'forbidden', forget: 'forgotten' } as const)[decision];
    writeVerdict(unit, {
      tenantId,
      cause,
      effect,
      verdict,
      lagSeconds: known?.lag_s ?? 0,
      support: known?.support ?? 0,
      decidedAt: set.now,
      decidedBy: input.operator,
    });
  });
  learned.causesChanged(tenantId);
  return done('');
}

/** Plans maintenance. One that is on already takes effect at once. */
export function planMaintenance(
  command: Extract<Command, { name: 'maintenance.plan' }>,
  { set, input, apply, noise }: CommandContext,
): CoreResult {
  const windowId = `w-${input.entryId}`;
  const made = { windowId, tenantId: input.tenantId, at: set.now, by: input.operator };
  set.stores.units.write((unit) => insertWindow(unit, command.input, made));
  noise.windowsChanged();
  noise.tick(set, apply);
  return done(windowId);
}

/** Ends maintenance for good and gives back what it suppresses. */
export function endMaintenance(
  command: Extract<Command, { name: 'maintenance.end' }>,
  { set, input, apply, noise }: CommandContext,
): CoreResult {
  const window = set.stores.units.read((unit) => findWindow(unit, input.tenantId, command.windowId));
  if (window === null) return refused('NOT_FOUND', `There is no maintenance window ${command.windowId}.`);
  if (window.endedAt !== null) return done(window.windowId);
  set.stores.units.write((unit) => endWindow(unit, window.windowId, set.now, input.operator));
  noise.windowsChanged();
  noise.tick(set, apply);
  return done(window.windowId);
}
