import { formatCount, plural } from '#renderer/components/format-number.ts';
import type { Alarm, BulkInput } from '#shared/api/alarms.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';

/** An operation as the operator asks for it, without the alarms it is for. */
export type OperationRequest =
  | { readonly operation: 'ack' | 'unack' | 'clear'; readonly note?: string }
  | { readonly operation: 'unshelve' }
  | { readonly operation: 'shelve'; readonly minutes: number; readonly reason: string }
  | { readonly operation: 'comment'; readonly text: string };

/** What an operation changes in an alarm, as far as the list shows it. */
export type AlarmPatch = Partial<
  Pick<Alarm, 'ack_state' | 'acked_by' | 'shelved_until' | 'state' | 'is_cleared' | 'cleared_at'>
>;

/** The change to show before the engine answered. `now` in milliseconds since the epoch. */
export function patchOf(request: OperationRequest, operator: string, now: number): AlarmPatch {
  switch (request.operation) {
    case 'ack':
      return { ack_state: 'acked', acked_by: operator };
    case 'unack':
      return { ack_state: 'unacked', acked_by: null };
    case 'shelve':
      return { shelved_until: toTimestamp(now + request.minutes * 60_000) };
    case 'unshelve':
      return { shelved_until: null };
    case 'clear':
      return { state: 'cleared', is_cleared: true, cleared_at: toTimestamp(now) };
    case 'comment':
      return {};
  }
}

/** Whether the alarm as the engine has it shows the change already. */
export function showsPatch(alarm: Alarm, patch: AlarmPatch): boolean {
  return (
    (patch.ack_state === undefined || alarm.ack_state === patch.ack_state) &&
    (patch.is_cleared === undefined || alarm.is_cleared === patch.is_cleared) &&
    (patch.shelved_until === undefined || (alarm.shelved_until === null) === (patch.shelved_until === null))
  );
}

/** What takes an operation back; null for what cannot be. */
export function undoOf(request: OperationRequest): OperationRequest | null {
  switch (request.operation) {
    case 'ack':
      return { operation: 'unack' };
    case 'unack':
      return { operation: 'ack' };
    case 'shelve':
      return { operation: 'unshelve' };
    default:
      return null;
  }
}

/** The body of the call. */
export function toBulkInput(request: OperationRequest, alarmIds: readonly string[]): BulkInput {
  const alarm_ids = [...alarmIds];
  switch (request.operation) {
    case 'shelve':
      return { operation: 'shelve', alarm_ids, minutes: request.minutes, reason: request.reason };
    case 'comment':
      return { operation: 'comment', alarm_ids, text: request.text };
    case 'unshelve':
      return { operation: 'unshelve', alarm_ids };
    default:
      return { operation: request.operation, alarm_ids, ...(request.note === undefined ? {} : { note: request.note }) };
  }
}

const doneWords = {
  ack: 'Acknowledged',
  unack: 'Took back the acknowledgement of',
  clear: 'Cleared',
  shelve: 'Shelved',
  unshelve: 'Unshelved',
  comment: 'Commented on',
} as const;

/** `Acknowledged 12 alarms`. */
export function doneSentence(request: OperationRequest, count: number): string {
  return `${doneWords[request.operation]} ${plural(count, 'alarm', 'alarms')}`;
}

const refusedWords = {
  ack: 'acknowledged',
  unack: 'unacknowledged',
  clear: 'cleared',
  shelve: 'shelved',
  unshelve: 'unshelved',
  comment: 'commented on',
} as const;

/** `3 of 12 alarms were not acknowledged`. */
export function refusedSentence(request: OperationRequest, refused: number, asked: number): string {
  const part = asked === 1 ? 'The alarm was' : `${formatCount(refused)} of ${formatCount(asked)} alarms were`;
  return `${part} not ${refusedWords[request.operation]}`;
}
