import type { AlarmHistoryEntry } from '#shared/api/alarms.ts';

const operationWords = {
  ack: 'acknowledged',
  unack: 'acknowledgement taken back',
  shelve: 'shelved',
  unshelve: 'unshelved',
  clear: 'cleared by hand',
  comment: 'comment',
} as const;

/** One line of history in words, without who and what was said. */
export function historySentence(entry: AlarmHistoryEntry): string {
  if (entry.operation !== null) return operationWords[entry.operation];
  switch (entry.outcome) {
    case 'new':
      return `raised${entry.severity === null ? '' : `, ${entry.severity}`}`;
    case 'repeated':
      return 'reported again';
    case 'changed':
      return entry.severity === null ? 'changed' : `changed to ${entry.severity}`;
    case 'cleared':
      return 'cleared by the source';
    case 'stale':
      return 'an older report came late; nothing changed';
    case 'operated':
      return 'changed by hand';
    case 'held':
      return 'comes and goes: held open from here on';
    case 'released':
      return 'quiet again: its final state is reported';
  }
}
