import type { BulkInput } from '#shared/api/alarms.ts';
import type { AlarmOperation } from '#shared/events/events.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { applyOperation } from '../../alarms/alarm-rules.ts';
import type { Command, CoreResult, Refusal } from '../inputs.ts';
import { type CommandContext, done } from './command-context.ts';

/** What an operator asks of one alarm. */
interface OperationRequest {
  readonly operation: AlarmOperation;
  readonly note: string | null;
  readonly minutes: number | null;
}

/** One operation on one alarm. An operation that holds already is done and leaves no trace. */
export function operateAlarm(
  command: Extract<Command, { name: 'alarm.operate' }>,
  context: CommandContext,
): CoreResult {
  const refusal = operate(command.alarmId, command, context);
  return refusal === null ? done(command.alarmId) : { kind: 'refused', refusal };
}

/** One operation on many alarms: each is done or refused on its own. */
export function operateInBulk(input: BulkInput, context: CommandContext): CoreResult {
  const request = bulkRequest(input);
  const doneIds: string[] = [];
  const refusals: (Refusal & { readonly id: string })[] = [];
  for (const alarmId of new Set(input.alarm_ids)) {
    const refusal = operate(alarmId, request, context);
    if (refusal === null) doneIds.push(alarmId);
    else refusals.push({ id: alarmId, ...refusal });
  }
  return { kind: 'done', id: '', done: doneIds, refused: refusals };
}

function bulkRequest(input: BulkInput): OperationRequest {
  switch (input.operation) {
    case 'shelve':
      return { operation: 'shelve', note: input.reason, minutes: input.minutes };
    case 'comment':
      return { operation: 'comment', note: input.text, minutes: null };
    case 'unshelve':
      return { operation: 'unshelve', note: null, minutes: null };
    default:
      return { operation: input.operation, note: input.note ?? null, minutes: null };
  }
}

function operate(alarmId: string, request: OperationRequest, { set, input, apply }: CommandContext): Refusal | null {
  const alarm = set.alarm(alarmId);
  if (alarm === null || alarm.tenantId !== input.tenantId)
    return { code: 'NOT_FOUND', message: `There is no alarm ${alarmId}.` };
  const shelvedUntil = request.minutes === null ? null : toTimestamp(set.now + request.minutes * 60_000);
  const facts = { operation: request.operation, operator: input.operator, shelved_until: shelvedUntil };
  const outcome = applyOperation(alarm, facts, set.now);
  if (outcome.kind === 'refused') return { code: 'CONFLICT', message: outcome.message };
  if (outcome.kind === 'changed')
    apply([
      set.append(input.tenantId, (base) => ({
        ...base,
        event_type: 'alarm.operated',
        alarm_id: alarmId,
        note: request.note,
        ...facts,
      })),
    ]);
  return null;
}
