import type { OperationRequest } from '../operations/patches.ts';
import type { OpenDialog } from '../use-alarm-actions.ts';
import { ClearDialog } from './clear-dialog.tsx';
import { CommentDialog } from './comment-dialog.tsx';
import { ShelveDialog } from './shelve-dialog.tsx';

interface OperationDialogProps {
  readonly dialog: OpenDialog | null;
  readonly onAnswer: (request: OperationRequest | null) => void;
}

/** The dialog that an operation needs, if one is open. */
export function OperationDialog({ dialog, onAnswer }: OperationDialogProps) {
  if (dialog === null) return null;
  const parts = { count: dialog.alarmIds.length, onAnswer };
  switch (dialog.kind) {
    case 'shelve':
      return <ShelveDialog {...parts} />;
    case 'comment':
      return <CommentDialog {...parts} />;
    case 'clear':
      return <ClearDialog {...parts} />;
  }
}
