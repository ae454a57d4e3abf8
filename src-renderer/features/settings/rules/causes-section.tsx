import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { Age } from '#renderer/components/age.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { formatCount, formatPercent } from '#renderer/components/format-number.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { LearnedCauseView } from '#shared/api/causes.ts';
import styles from '../settings-page.module.css';
import own from './rules.module.css';
import type { Grouping } from './use-grouping.ts';

type Decision = 'pin' | 'forbid' | 'forget' | 'reset';

/** Which alarm type brings which, as learned from the journal, and what people say to it. */
export function CausesSection({ grouping, may }: { readonly grouping: Grouping; readonly may: boolean }) {
  const { causes } = grouping;
  const decide = (cause: string, effect: string, decision: Decision) =>
    grouping.change((client) => client.causes.decide({ cause, effect, decision }));
  return (
    <Section
      heading="Learned causes"
      aside={causes.phase === 'ready' ? formatCount(causes.data.items.length) : undefined}
    >
      <p className={styles.hint}>
        Pedkai learns from its own journal which alarm type tends to bring which, against what chance would give, and
        uses it in correlation.{' '}
        {causes.phase === 'ready' && causes.data.updated_at !== null && (
          <>
            Judged <Age at={causes.data.updated_at} /> ago from {formatCount(Math.round(causes.data.alarms))} raises.
          </>
        )}
      </p>
      {causes.phase === 'loading' && <LoadingState what="the causes" />}
      {causes.phase === 'failed' && (
        <ErrorState title="The causes could not be listed" error={causes.error} onRetry={causes.reload} />
      )}
      {causes.phase === 'ready' && causes.data.items.length === 0 && (
        <p className={styles.hint}>Nothing is sure enough yet. A few hundred alarms are needed.</p>
      )}
      {causes.phase === 'ready' && causes.data.items.length > 0 && (
        <div className={styles.tableScroller}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Cause</th>
                <th>Effect</th>
                <th className={own.number}>Lag</th>
                <th className={own.number}>Support</th>
                <th className={own.number}>By chance</th>
                <th className={own.number}>Confidence</th>
                <th>
                  <span className="visually-hidden">Decide</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {causes.data.items.map((item) => (
                <CauseRow
                  key={`${item.cause}\n${item.effect}`}
                  item={item}
                  onDecide={may ? (decision) => void decide(item.cause, item.effect, decision) : null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {may && <PinForm onPin={(cause, effect) => decide(cause, effect, 'pin')} />}
    </Section>
  );
}

interface CauseRowProps {
  readonly item: LearnedCauseView;
  readonly onDecide: ((decision: Decision) => void) | null;
}

function CauseRow({ item, onDecide }: CauseRowProps) {
  const isOff = item.verdict === 'forbidden' || item.verdict === 'forgotten';
  return (
    <tr data-over={isOff || undefined}>
      <td className={styles.name}>
        <bdi>{item.cause}</bdi>
      </td>
      <td className={styles.name}>
        <bdi>{item.effect}</bdi>
      </td>
      <td className={own.number}>{item.lag_s.toFixed(1)} s</td>
      <td className={own.number}>{formatCount(Math.round(item.support))}</td>
      <td className={own.number}>{formatCount(Math.round(item.expected))}</td>
      <td className={own.number}>{formatPercent(item.confidence)}</td>
      <td className={styles.revoke}>
        {item.verdict !== null && <Tag>{`${item.verdict} by ${item.decided_by ?? ''}`}</Tag>}
        {onDecide !== null &&
          (item.verdict === null ? (
            <>
              <Button size="compact-xs" onClick={() => onDecide('pin')}>
                Pin
              </Button>
              <Button size="compact-xs" onClick={() => onDecide('forbid')}>
                Forbid
              </Button>
              <Button size="compact-xs" onClick={() => onDecide('forget')}>
                Forget
              </Button>
            </>
          ) : (
            <Button size="compact-xs" onClick={() => onDecide('reset')}>
              Take back
            </Button>
          ))}
      </td>
    </tr>
  );
}

/** A cause that people know before the journal shows it. */
function PinForm({ onPin }: { readonly onPin: (cause: string, effect: string) => Promise<boolean> }) {
  const [cause, setCause] = useState('');
  const [effect, setEffect] = useState('');
  const canPin = cause.trim() !== '' && effect.trim() !== '' && cause.trim() !== effect.trim();
  async function pin(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!canPin || !(await onPin(cause.trim(), effect.trim()))) return;
    setCause('');
    setEffect('');
  }
  return (
    <form className={own.pin} onSubmit={(event) => void pin(event)}>
      <TextInput
        aria-label="Alarm type of the cause"
        placeholder="alarm type of a cause you know"
        value={cause}
        onChange={(event) => setCause(event.currentTarget.value)}
        maxLength={256}
      />
      <span>brings</span>
      <TextInput
        aria-label="Alarm type of the effect"
        placeholder="alarm type of its effect"
        value={effect}
        onChange={(event) => setEffect(event.currentTarget.value)}
        maxLength={256}
      />
      <Button type="submit" disabled={!canPin}>
        Pin it
      </Button>
    </form>
  );
}
