import { Button, Group, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '#renderer/components/form-dialog.tsx';
import { plural } from '#renderer/components/format-number.ts';
import { formatDayAndTime } from '#renderer/components/format-time.ts';
import { useNow } from '#renderer/state/clock.ts';
import type { OperationRequest } from '../operations/patches.ts';

interface ShelveDialogProps {
  readonly count: number;
  readonly onAnswer: (request: OperationRequest | null) => void;
}

const presets = [
  { minutes: 15, label: '15 min' },
  { minutes: 60, label: '1 h' },
  { minutes: 240, label: '4 h' },
  { minutes: 1440, label: '1 d' },
];
/** The engine's limit: 30 days. */
const longest = 43_200;

/** Puts alarms aside for a while. A reason is required, because somebody else will find them shelved. */
export function ShelveDialog({ count, onAnswer }: ShelveDialogProps) {
  const [minutes, setMinutes] = useState<number | null>(60);
  const [reason, setReason] = useState('');
  const until = useNow((now) => (minutes === null ? '' : formatDayAndTime(now + minutes * 60_000)));
  return (
    <FormDialog
      title={`Shelve ${plural(count, 'alarm', 'alarms')}`}
      submitLabel="Shelve"
      canSubmit={minutes !== null && reason.trim() !== ''}
      onSubmit={() => minutes !== null && onAnswer({ operation: 'shelve', minutes, reason: reason.trim() })}
      onCancel={() => onAnswer(null)}
    >
      <Group gap="xs" align="flex-end">
        <NumberInput
          label="Minutes"
          value={minutes ?? ''}
          onChange={(value) => setMinutes(typeof value === 'number' && value >= 1 && value <= longest ? value : null)}
          min={1}
          max={longest}
          allowDecimal={false}
          w={96}
        />
        {presets.map((preset) => (
          <Button
            key={preset.label}
            onClick={() => setMinutes(preset.minutes)}
            aria-pressed={minutes === preset.minutes}
          >
            {preset.label}
          </Button>
        ))}
      </Group>
      <span>
        {minutes === null ? 'Between one minute and 30 days.' : `Back in the list ${until}, if still standing.`}
      </span>
      <TextInput
        label="Reason"
        description="Stands in the history, for whoever finds it shelved."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={1024}
        required
        data-autofocus
      />
    </FormDialog>
  );
}
