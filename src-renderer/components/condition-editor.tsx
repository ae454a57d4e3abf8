import { ActionIcon, Autocomplete, Button, NativeSelect } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type Condition, conditionFields } from '#shared/vocabulary/condition.ts';
import { severities } from '#shared/vocabulary/severity.ts';
import styles from './condition-editor.module.css';

interface ConditionEditorProps {
  /** What the conditions say together, for people who cannot see them. */
  readonly label: string;
  readonly conditions: readonly Condition[];
  readonly onChange: (conditions: Condition[]) => void;
}

const operators = [
  { value: 'is', label: 'is' },
  { value: 'is_not', label: 'is not' },
];
const fields = conditionFields.map((value) => ({ value, label: value.replace('_', ' ') }));
const mostConditions = 16;

/** Which alarms are meant: all conditions must hold; `*` stands for anything. */
export function ConditionEditor({ label, conditions, onChange }: ConditionEditorProps) {
  const edit = (index: number, change: Partial<Condition>) =>
    onChange(conditions.map((condition, at) => (at === index ? { ...condition, ...change } : condition)));
  const fieldOf = (text: string) => conditionFields.find((field) => field === text) ?? 'entity_id';
  return (
    <fieldset className={styles.editor}>
      <legend>{label}</legend>
      {conditions.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name of its own; rows only come and go at their place.
        <div key={index} className={styles.row}>
          <NativeSelect
            aria-label="Field"
            data={fields}
            value={condition.field}
            onChange={(event) => edit(index, { field: fieldOf(event.currentTarget.value) })}
          />
          <NativeSelect
            aria-label="Comparison"
            data={operators}
            value={condition.operator}
            onChange={(event) => edit(index, { operator: event.currentTarget.value === 'is' ? 'is' : 'is_not' })}
          />
          <Autocomplete
            aria-label="Value"
            placeholder="LON-3*"
            data={condition.field === 'severity' ? [...severities] : []}
            value={condition.value}
            onChange={(value) => edit(index, { value })}
            maxLength={256}
          />
          <ActionIcon
            variant="subtle"
            aria-label={`Remove condition ${index + 1}`}
            disabled={conditions.length === 1}
            onClick={() => onChange(conditions.filter((_, at) => at !== index))}
          >
            <IconX size={14} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={12} aria-hidden="true" />}
        disabled={conditions.length >= mostConditions}
        onClick={() => onChange([...conditions, { field: 'alarm_type', operator: 'is', value: '' }])}
      >
        and …
      </Button>
    </fieldset>
  );
}
