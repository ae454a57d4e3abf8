import { Checkbox, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConditionEditor } from '#renderer/components/condition-editor.tsx';
import { FormDialog } from '#renderer/components/form-dialog.tsx';
import { describeError } from '#renderer/console-api/call-error.ts';
import { useConsoleClient } from '#renderer/state/hooks.ts';
import { maintenanceInputSchema } from '#shared/api/noise.ts';
import type { Condition } from '#shared/vocabulary/condition.ts';
import { type Weekday, weekdays } from '#shared/vocabulary/schedule.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import styles from './noise-page.module.css';

const hour = 3_600_000;

/** What an input of the kind "datetime-local" holds for a moment. */
function localText(moment: number): string {
  return new Date(moment - new Date(moment).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment of such a text; undefined for a text that is none. */
function momentOf(text: string): string | undefined {
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : toTimestamp(moment);
}

function toHours(value: string | number): number {
  return typeof value === 'number' ? value : 0;
}

/** Plans a maintenance window, once or every week. */
export function MaintenanceDialog({ onDone }: { readonly onDone: () => void }) {
  const client = useConsoleClient();
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [conditions, setConditions] = useState<Condition[]>([{ field: 'entity_id', operator: 'is', value: '' }]);
  const [withContents, setWithContents] = useState(true);
  const [kind, setKind] = useState('once');
  const [starts, setStarts] = useState(() => localText(Date.now()));
  const [ends, setEnds] = useState(() => localText(Date.now() + 2 * hour));
  const [days, setDays] = useState<readonly Weekday[]>(['sun']);
  const [time, setTime] = useState('01:00');
  const [hours, setHours] = useState(3);
  const [failure, setFailure] = useState<string | null>(null);

  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const schedule =
    kind === 'once'
      ? { kind: 'once', starts_at: momentOf(starts), ends_at: momentOf(ends) }
      : {
          kind: 'weekly',
          days,
          starts: time,
          minutes: Math.round(hours * 60),
          time_zone: timeZone,
          from: toTimestamp(Date.now()),
          until: null,
        };
  const parsed = maintenanceInputSchema.safeParse({ name, reason, conditions, with_contents: withContents, schedule });
  const fault = parsed.success ? null : (parsed.error.issues[0] ?? null);

  async function plan(): Promise<void> {
    if (!parsed.success) return;
    try {
      await client.maintenance.create(parsed.data);
      onDone();
    } catch (error) {
      const { title, detail } = describeError(error);
      setFailure(`${title}: ${detail}`);
    }
  }

  return (
    <FormDialog
      title="Plan maintenance"
      submitLabel="Plan"
      canSubmit={parsed.success}
      onSubmit={() => void plan()}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={128}
        data-autofocus
        required
      />
      <TextInput
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={1024}
        required
      />
      <ConditionEditor label="Suppress alarms where" conditions={conditions} onChange={setConditions} />
      <Checkbox
        label="An entity means everything it holds too"
        checked={withContents}
        onChange={(event) => setWithContents(event.currentTarget.checked)}
      />
      <SegmentedControl
        aria-label="How often"
        value={kind}
        onChange={setKind}
        data={[
          { value: 'once', label: 'Once' },
          { value: 'weekly', label: 'Every week' },
        ]}
      />
      {kind === 'once' ? (
        <div className={styles.pair}>
          <TextInput
            type="datetime-local"
            label="From"
            value={starts}
            onChange={(event) => setStarts(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label="To"
            value={ends}
            onChange={(event) => setEnds(event.currentTarget.value)}
          />
        </div>
      ) : (
        <>
          <div className={styles.days}>
            {weekdays.map((day) => (
              <Checkbox
                key={day}
                label={day}
                checked={days.includes(day)}
                onChange={(event) =>
                  setDays(event.currentTarget.checked ? [...days, day] : days.filter((other) => other !== day))
                }
              />
            ))}
          </div>
          <div className={styles.pair}>
            <TextInput
              type="time"
              label={`From (${timeZone})`}
              value={time}
              onChange={(event) => setTime(event.currentTarget.value)}
            />
            <NumberInput
              label="For so many hours"
              value={hours}
              onChange={(value) => setHours(toHours(value))}
              min={0.25}
              max={168}
              step={0.5}
            />
          </div>
        </>
      )}
      {failure !== null && <p role="alert">{failure}</p>}
      {fault !== null && name !== '' && reason !== '' && (
        <p>
          Not yet: {fault.path.join(' ')} {fault.message}
        </p>
      )}
    </FormDialog>
  );
}
