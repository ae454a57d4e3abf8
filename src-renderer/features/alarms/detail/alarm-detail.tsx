import { Button, CloseButton } from '@mantine/core';
import { Link } from 'wouter';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { Key } from '#renderer/components/key.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import { SeverityMark } from '#renderer/components/severity-mark.tsx';
import { useRemote } from '#renderer/state/use-remote.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import { MoreMenu } from '../bar/bulk-bar.tsx';
import type { AlarmActions } from '../use-alarm-actions.ts';
import styles from './alarm-detail.module.css';
import { AlarmFacts } from './alarm-facts.tsx';
import { AlarmHistory } from './alarm-history.tsx';

interface AlarmDetailProps {
  readonly alarmId: string;
  /** The alarm as the list shows it; undefined when it is not among the live ones. */
  readonly live: Alarm | undefined;
  readonly actions: AlarmActions;
  readonly onClose: () => void;
}

/** Everything about one alarm, beside the list. */
export function AlarmDetail({ alarmId, live, actions, onClose }: AlarmDetailProps) {
  const remote = useRemote(`alarm ${alarmId}`, live?.changed_at ?? '', (client, signal) =>
    client.alarms.get({ alarm_id: alarmId }, { signal }),
  );
  const alarm = live ?? (remote.phase === 'ready' ? remote.data : undefined);
  return (
    <aside className={styles.panel} aria-label="Alarm details">
      <CloseButton className={styles.close} size="sm" onClick={onClose} aria-label="Close the details" />
      {alarm === undefined ? (
        remote.phase === 'failed' ? (
          <ErrorState title="This alarm cannot be shown" error={remote.error} onRetry={remote.reload} />
        ) : (
          <LoadingState what="the alarm" />
        )
      ) : (
        <>
          <DetailHead alarm={alarm} actions={actions} />
          <Section heading="Facts">
            <AlarmFacts alarm={alarm} />
          </Section>
          {alarm.text !== '' && (
            <Section heading="Text">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keys. */}
              <p className={styles.text} tabIndex={0}>
                <bdi>{alarm.text}</bdi>
              </p>
            </Section>
          )}
          <Section heading="History">
            <AlarmHistory remote={remote} />
          </Section>
        </>
      )}
    </aside>
  );
}

function DetailHead({ alarm, actions }: { readonly alarm: Alarm; readonly actions: AlarmActions }) {
  const alarmIds = [alarm.alarm_id];
  const isAcked = alarm.ack_state === 'acked';
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <SeverityMark severity={alarm.severity} isCleared={alarm.is_cleared} size={22} />
        <h2>
          <bdi>{alarm.entity_id}</bdi>
        </h2>
      </div>
      <p className={styles.subtitle}>
        <bdi>{alarm.alarm_type}</bdi>
        {alarm.specific_problem !== '' && (
          <>
            {' · '}
            <bdi>{alarm.specific_problem}</bdi>
          </>
        )}
      </p>
      {alarm.cluster_id !== null && (
        <p className={styles.subtitle}>
          <Link href={`/clusters/${encodeURIComponent(alarm.cluster_id)}`}>Show the happening it belongs to</Link>
        </p>
      )}
      <div className={styles.actions}>
        <Button
          disabled={!actions.mayWrite}
          onClick={() => actions.run({ operation: isAcked ? 'unack' : 'ack' }, alarmIds)}
          rightSection={<Key keys={isAcked ? 'A' : 'a'} />}
        >
          {isAcked ? 'Take back' : 'Acknowledge'}
        </Button>
        <Button
          disabled={!actions.mayWrite}
          onClick={() => actions.ask('shelve', alarmIds)}
          rightSection={<Key keys="s" />}
        >
          Shelve
        </Button>
        <Button
          disabled={!actions.mayWrite}
          onClick={() => actions.ask('comment', alarmIds)}
          rightSection={<Key keys="c" />}
        >
          Comment
        </Button>
        <MoreMenu alarmIds={alarmIds} actions={actions} />
      </div>
    </header>
  );
}
