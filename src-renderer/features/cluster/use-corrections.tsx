import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useLocation } from 'wouter';
import type { Cluster } from '#shared/api/clusters.ts';
import { plural } from '../../components/format-number.ts';
import { linkTo } from '../../components/links.ts';
import { describeError } from '../../console-api/call-error.ts';
import { useConsole, useMay } from '../../state/hooks.ts';
import styles from './incident-line.module.css';

/** What a person can correct about a cluster; null for all where the session may not, or the cluster is over. */
export interface Corrections {
  split(alarmIds: readonly string[], note: string): Promise<boolean>;
  move(alarmIds: readonly string[], to: string, note: string): Promise<boolean>;
  apart(alarmIds: readonly string[], note: string): Promise<boolean>;
  merge(into: string, note: string): Promise<boolean>;
  nameCause(entityId: string, alarmId: string | null): Promise<boolean>;
}

const withNote = (note: string) => (note.trim() === '' ? {} : { note: note.trim() });

/** Corrects and says so, with a way back where there is one. */
export function useCorrections(cluster: Cluster | undefined, reload: () => void): Corrections | null {
  const { client, feed } = useConsole();
  const may = useMay('ALARM_WRITE');
  const [, navigate] = useLocation();
  if (!may || cluster === undefined || cluster.state !== 'active') return null;
  const { cluster_id } = cluster;

  async function attempt(
    what: string,
    perform: () => Promise<Cluster>,
    undo?: (target: Cluster) => Promise<Cluster>,
  ): Promise<boolean> {
    try {
      const target = await perform();
      feed.put([{ topic: 'cluster', change: 'upserted', data: target }]);
      tell(what, target, undo === undefined ? undefined : () => void attempt('Taken back', () => undo(target)));
      reload();
      return true;
    } catch (error) {
      const { title, detail } = describeError(error);
      notifications.show({
        title: `${what}: refused, nothing was changed`,
        message: `${title}: ${detail}`,
        color: 'red',
        autoClose: false,
        role: 'alert',
      });
      return false;
    }
  }

  function tell(what: string, target: Cluster, undo: (() => void) | undefined): void {
    const id = `${what}:${target.cluster_id}`;
    const isElsewhere = target.cluster_id !== cluster_id;
    const open = () => {
      notifications.hide(id);
      navigate(linkTo.cluster(target.cluster_id));
    };
    const takeBack = () => {
      notifications.hide(id);
      undo?.();
    };
    notifications.show({
      id,
      title: what,
      message: (
        <span className={styles.told}>
          {target.title}
          {isElsewhere && <Button onClick={open}>Open</Button>}
          {undo !== undefined && <Button onClick={takeBack}>Undo</Button>}
        </span>
      ),
      autoClose: 10_000,
    });
  }

  const count = (alarmIds: readonly string[]) => plural(alarmIds.length, 'alarm', 'alarms');
  return {
    split: (alarmIds, note) =>
      attempt(
        `${count(alarmIds)} split off`,
        () => client.clusters.split({ cluster_id, alarm_ids: [...alarmIds], ...withNote(note) }),
        (target) => client.clusters.merge({ cluster_id: target.cluster_id, into: cluster_id }),
      ),
    move: (alarmIds, to, note) =>
      attempt(
        `${count(alarmIds)} moved`,
        () => client.clusters.move({ cluster_id, alarm_ids: [...alarmIds], to, ...withNote(note) }),
        () => client.clusters.move({ cluster_id: to, alarm_ids: [...alarmIds], to: cluster_id }),
      ),
    apart: (alarmIds, note) =>
      attempt(`${count(alarmIds)} kept apart for good`, () =>
        client.clusters.apart({ cluster_id, alarm_ids: [...alarmIds], ...withNote(note) }),
      ),
    merge: (into, note) => attempt('Merged', () => client.clusters.merge({ cluster_id, into, ...withNote(note) })),
    nameCause: (entityId, alarmId) =>
      attempt(`${entityId} named as the cause`, () =>
        client.clusters.cause({
          cluster_id,
          entity_id: entityId,
          ...(alarmId === null ? {} : { alarm_id: alarmId }),
        }),
      ),
  };
}
