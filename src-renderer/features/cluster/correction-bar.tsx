import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ClusterMember } from '#shared/api/clusters.ts';
import { formatCount } from '../../components/format-number.ts';
import { Key } from '../../components/key.tsx';
import { useHotkeyGroup } from '../../frame/keys/use-hotkeys.ts';
import styles from './correction-bar.module.css';
import { CorrectionDialog, type CorrectionWish } from './correction-dialog.tsx';
import type { Corrections } from './use-corrections.tsx';

interface CorrectionBarProps {
  readonly clusterId: string;
  readonly members: readonly ClusterMember[];
  readonly picked: ReadonlySet<string>;
  readonly corrections: Corrections;
  readonly onPickNone: () => void;
}

const ignore = () => undefined;

/** What can be corrected about the chosen members, or about the cluster as a whole. */
export function CorrectionBar({ clusterId, members, picked, corrections, onPickNone }: CorrectionBarProps) {
  const [wish, setWish] = useState<CorrectionWish | null>(null);
  const alarmIds = members.flatMap(({ alarm }) => (picked.has(alarm.alarm_id) ? [alarm.alarm_id] : []));
  const [only] = alarmIds.length === 1 ? members.filter(({ alarm }) => picked.has(alarm.alarm_id)) : [];
  const hasPicked = alarmIds.length > 0;
  const isPart = hasPicked && alarmIds.length < members.length;
  const ask = (kind: 'split' | 'move' | 'apart') => setWish({ kind, alarmIds });
  const name = () => {
    if (only !== undefined) void corrections.nameCause(only.alarm.entity_id, only.alarm.alarm_id).then(onPickNone);
  };
  useHotkeyGroup('Correct the grouping', [
    { keys: 'S', label: 'split the chosen members off', run: () => ask('split'), isEnabled: isPart },
    { keys: 'M', label: 'move the chosen members', run: () => ask('move'), isEnabled: hasPicked },
    { keys: 'N', label: 'never group the chosen with the rest', run: () => ask('apart'), isEnabled: isPart },
    {
      keys: 'C',
      label: 'this is the cause',
      run: only === undefined ? ignore : name,
      isEnabled: only !== undefined,
    },
    { keys: 'G', label: 'merge this happening into another', run: () => setWish({ kind: 'merge' }) },
  ]);

  return (
    <div className={styles.bar}>
      {hasPicked ? (
        <>
          <span className={styles.count}>{formatCount(alarmIds.length)} chosen</span>
          <Button onClick={() => ask('split')} disabled={!isPart} rightSection={<Key keys="S" />}>
            Split off
          </Button>
          <Button onClick={() => ask('move')} rightSection={<Key keys="M" />}>
            Move to …
          </Button>
          <Button onClick={() => ask('apart')} disabled={!isPart} rightSection={<Key keys="N" />}>
            Never with the rest
          </Button>
          <Button onClick={name} disabled={only === undefined} rightSection={<Key keys="C" />}>
            This is the cause
          </Button>
          <Button variant="subtle" onClick={onPickNone}>
            Choose none
          </Button>
        </>
      ) : (
        <>
          <span className={styles.hint}>
            Wrongly grouped? Choose members to split them off, move them or name the cause.
          </span>
          <Button onClick={() => setWish({ kind: 'merge' })} rightSection={<Key keys="G" />}>
            Merge into …
          </Button>
        </>
      )}
      {wish !== null && (
        <CorrectionDialog
          clusterId={clusterId}
          wish={wish}
          corrections={corrections}
          onDone={(isDone) => {
            setWish(null);
            if (isDone) onPickNone();
          }}
        />
      )}
    </div>
  );
}
