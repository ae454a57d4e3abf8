import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Cluster } from '#shared/api/clusters.ts';
import type { Incident } from '#shared/api/incidents.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { describeError } from '../../console-api/call-error.ts';
import { useConsole, useIncident, useMay, useSession } from '../../state/hooks.ts';
import { type OperationOutcome, operateIncident } from '../../state/incident-operations.ts';
import styles from './incident-line.module.css';

/** What a person can do about a cluster; null where it is not possible now. */
export interface IncidentActions {
  readonly incident: Incident | undefined;
  readonly acknowledge: (() => void) | null;
  readonly own: (() => void) | null;
  /** Opens an incident for a cluster that has none. */
  readonly open: (() => void) | null;
}

function tellRefused(what: string, outcome: { readonly title: string; readonly detail: string }): void {
  notifications.show({
    title: `${what}: refused, nothing was changed`,
    message: `${outcome.title}: ${outcome.detail}`,
    color: 'red',
    autoClose: false,
    role: 'alert',
  });
}

/** Says what was done, with a way back where there is one. */
function tell(what: string, outcome: OperationOutcome, undo?: () => void): void {
  if (!outcome.ok) {
    tellRefused(what, outcome);
    return;
  }
  const id = `${what}:${outcome.incident.incident_id}`;
  const takeBack = () => {
    notifications.hide(id);
    undo?.();
  };
  notifications.show({
    id,
    title: what,
    message: (
      <span className={styles.told}>
        {outcome.incident.title}
        {undo !== undefined && <Button onClick={takeBack}>Undo</Button>}
      </span>
    ),
  });
}

/** Acknowledge, own and open, for the cluster that is looked at. */
export function useIncidentActions(cluster: Cluster | undefined): IncidentActions {
  const console = useConsole();
  const { client } = console;
  const operator = useSession()?.operator ?? null;
  const may = useMay('INCIDENT_WRITE');
  const incident = useIncident(cluster?.incident_id ?? null);

  async function acknowledge(target: Incident): Promise<void> {
    const patch = { state: 'acknowledged', acknowledged_at: toTimestamp(Date.now()) } as const;
    const { incident_id } = target;
    tell('Acknowledged', await operateIncident(console, target, patch, () => client.incidents.ack({ incident_id })));
  }

  async function setOwner(target: Incident, owner: string | null, what: string): Promise<void> {
    const { incident_id, owner: before } = target;
    const outcome = await operateIncident(console, target, { owner }, () =>
      owner === operator ? client.incidents.assign({ incident_id }) : client.incidents.patch({ incident_id, owner }),
    );
    const undo = outcome.ok ? () => void setOwner(outcome.incident, before, 'Owner as before') : undefined;
    tell(what, outcome, owner === operator ? undo : undefined);
  }

  async function open(target: Cluster): Promise<void> {
    const { title, severity, cluster_id, root_cause } = target;
    try {
      const made = await client.incidents.create({ title, severity, cluster_id, entity_id: root_cause.entity_id });
      console.feed.put([{ topic: 'incident', change: 'upserted', data: made }]);
      notifications.show({ title: 'Incident opened', message: made.title });
    } catch (error) {
      tellRefused('Open an incident', describeError(error));
    }
  }

  const isOpen = incident !== undefined && incident.state !== 'resolved' && incident.state !== 'closed';
  return {
    incident,
    acknowledge: may && incident?.state === 'new' ? () => void acknowledge(incident) : null,
    own: may && isOpen && incident.owner !== operator ? () => void setOwner(incident, operator, 'Yours now') : null,
    open: may && cluster?.state === 'active' && cluster.incident_id === null ? () => void open(cluster) : null,
  };
}
