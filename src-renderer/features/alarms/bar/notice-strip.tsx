import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { plural } from '#renderer/components/format-number.ts';
import { Key } from '#renderer/components/key.tsx';
import type { Alarm } from '#shared/api/alarms.ts';
import type { PostedNotice } from '../operations/alarm-operations.ts';
import styles from './notice-strip.module.css';

interface NoticeStripProps {
  readonly notices: readonly PostedNotice[];
  readonly alarmOf: (alarmId: string) => Alarm | undefined;
  readonly onUndo: (notice: PostedNotice) => void;
  readonly onDismiss: (noticeId: number) => void;
}

/** What came of operations: success for a while and with its undo, refusals until they were read. */
export function NoticeStrip({ notices, alarmOf, onUndo, onDismiss }: NoticeStripProps) {
  return (
    <div className={styles.strip} aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={styles.notice} data-tone={notice.tone}>
          <div className={styles.words}>
            <strong>{notice.text}</strong>
            {notice.detail !== '' && <span className={styles.detail}>{notice.detail}</span>}
            {notice.refusals.length > 0 && <RefusalList notice={notice} alarmOf={alarmOf} />}
          </div>
          {notice.undo !== null && (
            <Button size="compact-xs" onClick={() => onUndo(notice)} rightSection={<Key keys="u" />}>
              Undo{notice.tone === 'refused' ? ' the rest' : ''}
            </Button>
          )}
          <CloseButton size="sm" onClick={() => onDismiss(notice.id)} aria-label="Dismiss" />
        </div>
      ))}
    </div>
  );
}

/** How many refusals stand without being asked for. */
const shownAtOnce = 3;

function RefusalList({ notice, alarmOf }: { readonly notice: PostedNotice } & Pick<NoticeStripProps, 'alarmOf'>) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? notice.refusals : notice.refusals.slice(0, shownAtOnce);
  const rest = notice.refusals.length - shown.length;
  return (
    <ul className={styles.refusals}>
      {shown.map((refusal) => {
        const alarm = alarmOf(refusal.alarmId);
        return (
          <li key={refusal.alarmId}>
            <bdi>{alarm === undefined ? refusal.alarmId : `${alarm.entity_id} ${alarm.alarm_type}`}</bdi>:{' '}
            {refusal.message}
          </li>
        );
      })}
      {rest > 0 && (
        <li>
          <button type="button" className={styles.more} onClick={() => setIsWhole(true)}>
            show {plural(rest, 'more', 'more')}
          </button>
        </li>
      )}
    </ul>
  );
}
