import { useState } from 'react';
import type { AlarmOperations, PostedNotice } from './operations/alarm-operations.ts';
import type { OperationRequest } from './operations/patches.ts';

/** Operations that need words or figures first. */
export type DialogKind = 'shelve' | 'comment' | 'clear';

/** A dialog that is open, and the alarms it is for. */
export interface OpenDialog {
  readonly kind: DialogKind;
  readonly alarmIds: readonly string[];
}

/** What the operator can do with alarms, from keys, the bulk bar and the details alike. */
export interface AlarmActions {
  /** The session may change alarms. */
  readonly mayWrite: boolean;
  readonly dialog: OpenDialog | null;
  run(request: OperationRequest, alarmIds: readonly string[]): void;
  ask(kind: DialogKind, alarmIds: readonly string[]): void;
  /** Ends the dialog, with what was asked for or without. */
  answer(request: OperationRequest | null): void;
  /** Takes back the latest operation that can be taken back. */
  undoLatest(): void;
  undo(notice: PostedNotice): void;
}

/** Ties operations to the dialogs that some of them need. */
export function useAlarmActions(operations: AlarmOperations, mayWrite: boolean): AlarmActions {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);

  return {
    mayWrite,
    dialog,
    run(request, alarmIds) {
      if (mayWrite) void operations.run(request, alarmIds);
    },
    ask(kind, alarmIds) {
      if (mayWrite && alarmIds.length > 0) setDialog({ kind, alarmIds });
    },
    answer(request) {
      setDialog(null);
      if (request !== null && dialog !== null) void operations.run(request, dialog.alarmIds);
    },
    undoLatest() {
      const latest = operations.store.getState().notices.findLast((notice) => notice.undo !== null);
      if (latest !== undefined) void operations.undo(latest);
    },
    undo: (notice) => void operations.undo(notice),
  };
}
