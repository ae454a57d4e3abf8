import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { Key } from '../../components/key.tsx';
import { linkTo } from '../../components/links.ts';
import { useHotkeyGroup } from '../../frame/keys/use-hotkeys.ts';
import styles from './incident-line.module.css';
import type { IncidentActions } from './use-incident-actions.tsx';

const ignore = () => undefined;

/** The keys that act on the cluster that is looked at. */
export function useIncidentKeys({ acknowledge, own, open }: IncidentActions): void {
  useHotkeyGroup('Selected happening', [
    {
      keys: 'a',
      label: 'acknowledge its incident',
      hint: 'acknowledge',
      run: acknowledge ?? ignore,
      isEnabled: acknowledge !== null,
    },
    { keys: 'o', label: 'own its incident', hint: 'own', run: own ?? ignore, isEnabled: own !== null },
    { keys: 'i', label: 'open an incident', run: open ?? ignore, isEnabled: open !== null },
  ]);
}

/** The incident behind a cluster: its state and owner, and what can be done. */
export function IncidentLine({ actions }: { readonly actions: IncidentActions }) {
  const { incident, acknowledge, own, open } = actions;
  return (
    <div className={styles.line}>
      <div className={styles.state}>
        {incident === undefined ? (
          <span className={styles.quiet}>No incident</span>
        ) : (
          <>
            <Link href={linkTo.incident(incident.incident_id)}>Incident</Link> {incident.state.replace('_', ' ')}
            <span className={styles.quiet}>
              {' '}
              · {incident.owner === null ? 'unowned' : `owned by ${incident.owner}`}
            </span>
          </>
        )}
      </div>
      {acknowledge !== null && (
        <Button variant="filled" onClick={acknowledge} rightSection={<Key keys="a" />}>
          Acknowledge
        </Button>
      )}
      {own !== null && (
        <Button onClick={own} rightSection={<Key keys="o" />}>
          Own
        </Button>
      )}
      {open !== null && (
        <Button onClick={open} rightSection={<Key keys="i" />}>
          Open an incident
        </Button>
      )}
    </div>
  );
}
