import { Button, Menu } from '@mantine/core';
import { plural } from '#renderer/components/format-number.ts';
import { Key } from '#renderer/components/key.tsx';
import type { AlarmActions } from '../use-alarm-actions.ts';
import styles from './bulk-bar.module.css';

interface BulkBarProps {
  readonly alarmIds: readonly string[];
  /** Selected alarms that the list does not show. */
  readonly unseen: number;
  readonly actions: AlarmActions;
  readonly onPickNone: () => void;
}

/** What can be done with the selected alarms. */
export function BulkBar({ alarmIds, unseen, actions, onPickNone }: BulkBarProps) {
  const isOff = !actions.mayWrite;
  return (
    <section className={styles.bulk} aria-label="Selected alarms">
      <strong>{plural(alarmIds.length, 'alarm', 'alarms')} selected</strong>
      {unseen > 0 && <span className={styles.unseen}>{plural(unseen, 'is', 'are')} not in the list</span>}
      <span className={styles.space} />
      <Button
        disabled={isOff}
        onClick={() => actions.run({ operation: 'ack' }, alarmIds)}
        rightSection={<Key keys="a" />}
      >
        Acknowledge
      </Button>
      <Button disabled={isOff} onClick={() => actions.ask('shelve', alarmIds)} rightSection={<Key keys="s" />}>
        Shelve
      </Button>
      <Button disabled={isOff} onClick={() => actions.ask('comment', alarmIds)} rightSection={<Key keys="c" />}>
        Comment
      </Button>
      <MoreMenu alarmIds={alarmIds} actions={actions} />
      <Button variant="subtle" color="gray" onClick={onPickNone} rightSection={<Key keys="escape" />}>
        Select none
      </Button>
    </section>
  );
}

/** The rarer operations. */
export function MoreMenu({ alarmIds, actions }: Pick<BulkBarProps, 'alarmIds' | 'actions'>) {
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button disabled={!actions.mayWrite}>More</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => actions.run({ operation: 'unack' }, alarmIds)} rightSection={<Key keys="A" />}>
          Take back the acknowledgement
        </Menu.Item>
        <Menu.Item onClick={() => actions.run({ operation: 'unshelve' }, alarmIds)} rightSection={<Key keys="S" />}>
          Unshelve
        </Menu.Item>
        <Menu.Item onClick={() => actions.ask('clear', alarmIds)}>Clear by hand …</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
