import { Button, NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConditionEditor } from '#renderer/components/condition-editor.tsx';
import { FormDialog } from '#renderer/components/form-dialog.tsx';
import type { GroupingRuleVersion } from '#shared/api/grouping.ts';
import type { Condition } from '#shared/vocabulary/condition.ts';
import { type GroupingRule, groupingRuleSchema, rulePlaces } from '#shared/vocabulary/grouping-rule.ts';
import { RulePreview } from './rule-preview.tsx';
import { placeWords } from './rule-words.ts';
import styles from './rules.module.css';
import type { Grouping } from './use-grouping.ts';

interface RuleDialogProps {
  /** The rule to be changed; null makes a new one. */
  readonly rule: GroupingRuleVersion | null;
  readonly grouping: Grouping;
  readonly onDone: () => void;
}

const fresh: GroupingRule = {
  name: '',
  verdict: 'never',
  first: [{ field: 'alarm_type', operator: 'is', value: '' }],
  second: [{ field: 'alarm_type', operator: 'is', value: '' }],
  place: 'anywhere',
  within_seconds: 300,
};

/** Makes or changes a rule, with a look at what it would have done to the last 24 hours. */
export function RuleDialog({ rule, grouping, onDone }: RuleDialogProps) {
  const [draft, setDraft] = useState<GroupingRule>(rule ?? fresh);
  const [previewed, setPreviewed] = useState<GroupingRule | null>(null);
  const edit = (change: Partial<GroupingRule>) => setDraft({ ...draft, ...change });
  const parsed = groupingRuleSchema.safeParse(draft);

  async function save(): Promise<void> {
    if (!parsed.success) return;
    const isDone = await grouping.change((client) =>
      rule === null
        ? client.grouping.rules.create(parsed.data)
        : client.grouping.rules.change({ ...parsed.data, rule_id: rule.rule_id }),
    );
    if (isDone) onDone();
  }

  return (
    <FormDialog
      title={rule === null ? 'New grouping rule' : `Change “${rule.name}” (version ${rule.version + 1})`}
      submitLabel={rule === null ? 'Put in force' : 'Put the new version in force'}
      canSubmit={parsed.success}
      onSubmit={() => void save()}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        description="Stands beside every alarm that it moves."
        value={draft.name}
        onChange={(event) => edit({ name: event.currentTarget.value })}
        maxLength={128}
        data-autofocus
        required
      />
      <SegmentedControl
        aria-label="What the rule says"
        value={draft.verdict}
        onChange={(value) => edit({ verdict: value === 'always' ? 'always' : 'never' })}
        data={[
          { value: 'never', label: 'Never group' },
          { value: 'always', label: 'Always group' },
        ]}
      />
      <ConditionEditor
        label="alarms where"
        conditions={draft.first}
        onChange={(first: Condition[]) => edit({ first })}
      />
      <ConditionEditor
        label="with alarms where"
        conditions={draft.second}
        onChange={(second: Condition[]) => edit({ second })}
      />
      <div className={styles.pair}>
        <NativeSelect
          label="Where they are"
          data={rulePlaces.map((value) => ({ value, label: placeWords[value] }))}
          value={draft.place}
          onChange={(event) => {
            const place = rulePlaces.find((one) => one === event.currentTarget.value);
            if (place !== undefined) edit({ place });
          }}
        />
        {draft.verdict === 'always' && (
          <NumberInput
            label="Raised within seconds"
            value={draft.within_seconds}
            onChange={(value) => edit({ within_seconds: typeof value === 'number' ? value : 300 })}
            min={1}
            max={86_400}
            allowDecimal={false}
          />
        )}
      </div>
      <Button onClick={() => setPreviewed(draft)} disabled={!parsed.success}>
        Preview on the last 24 hours
      </Button>
      {previewed !== null && <RulePreview rule={previewed} ruleId={rule?.rule_id ?? null} />}
      {grouping.failure !== null && (
        <p role="alert">
          {grouping.failure.title}: {grouping.failure.detail}
        </p>
      )}
    </FormDialog>
  );
}
