import { Button } from '@mantine/core';
import { useState } from 'react';
import { Age } from '#renderer/components/age.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import type { GroupingRuleVersion } from '#shared/api/grouping.ts';
import styles from '../settings-page.module.css';
import { RuleDialog } from './rule-dialog.tsx';
import { ruleSentence } from './rule-words.ts';
import own from './rules.module.css';
import type { Grouping } from './use-grouping.ts';

/** What people ruled about grouping, and what they taught by correcting. */
export function RulesSection({ grouping, may }: { readonly grouping: Grouping; readonly may: boolean }) {
  const [editing, setEditing] = useState<GroupingRuleVersion | 'new' | null>(null);
  const { rules, habits } = grouping;
  const withdraw = (rule: GroupingRuleVersion) =>
    void grouping.change((client) =>
      rule.is_in_force
        ? client.grouping.rules.withdraw({ rule_id: rule.rule_id })
        : client.grouping.rules.change({ ...rule, rule_id: rule.rule_id }),
    );
  return (
    <>
      <Section
        heading="Grouping rules"
        aside={
          may && (
            <Button size="compact-xs" onClick={() => setEditing('new')}>
              New rule
            </Button>
          )
        }
      >
        <p className={styles.hint}>
          What you know better than correlation does. “Never” is stronger than “always”; what a person did to a
          particular alarm is stronger than both.
        </p>
        {rules.phase === 'loading' && <LoadingState what="the rules" />}
        {rules.phase === 'failed' && (
          <ErrorState title="The rules could not be listed" error={rules.error} onRetry={rules.reload} />
        )}
        {rules.phase === 'ready' && rules.data.items.length === 0 && <p className={styles.hint}>There is none.</p>}
        {rules.phase === 'ready' &&
          rules.data.items.map((rule) => (
            <div key={rule.rule_id} className={own.rule} data-over={!rule.is_in_force || undefined}>
              <div className={own.sentence}>
                <b>
                  <bdi>{rule.name}</bdi>
                </b>{' '}
                · version {rule.version} · {rule.is_in_force ? 'by' : 'withdrawn by'} <bdi>{rule.changed_by}</bdi>,{' '}
                <Age at={rule.changed_at} /> ago
                <div>{ruleSentence(rule)}</div>
              </div>
              {may && (
                <div className={own.buttons}>
                  <Button size="compact-xs" onClick={() => setEditing(rule)}>
                    Change
                  </Button>
                  <Button size="compact-xs" onClick={() => withdraw(rule)}>
                    {rule.is_in_force ? 'Withdraw' : 'Put back in force'}
                  </Button>
                </div>
              )}
            </div>
          ))}
      </Section>
      <Section heading="Taught by corrections">
        <p className={styles.hint}>
          What people put together or apart is remembered. Three times in one direction, and hardly ever in the other,
          it acts as a rule.
        </p>
        {habits.phase === 'ready' && habits.data.items.length === 0 && (
          <p className={styles.hint}>Nobody has corrected a grouping yet.</p>
        )}
        {habits.phase === 'ready' &&
          habits.data.items.map((habit) => (
            <div key={`${habit.left_kind} ${habit.right_kind} ${habit.place}`} className={own.rule}>
              <div className={own.sentence}>
                <b>{habit.words}</b>: {habit.together} times together, {habit.apart} times apart
                {habit.verdict !== null && ` — acts as “${habit.verdict}”`}
              </div>
              {may && (
                <div className={own.buttons}>
                  <Button
                    size="compact-xs"
                    onClick={() =>
                      void grouping.change((client) =>
                        client.grouping.habits.forget({
                          left_kind: habit.left_kind,
                          right_kind: habit.right_kind,
                          place: habit.place,
                        }),
                      )
                    }
                  >
                    Forget
                  </Button>
                </div>
              )}
            </div>
          ))}
      </Section>
      {editing !== null && (
        <RuleDialog rule={editing === 'new' ? null : editing} grouping={grouping} onDone={() => setEditing(null)} />
      )}
    </>
  );
}
