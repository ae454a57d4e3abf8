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

/** The incident behind a cluster in words, with the way to it. */
export function IncidentState({ actions: { incident } }: { readonly actions: IncidentActions }) {
  if (incident === undefined) return <p className={styles.quiet}>No incident is open for it.</p>;
  return (
    <p className={styles.quiet}>
      <Link href={linkTo.incident(incident.incident_id)}>Incident</Link> {incident.state.replace('_', ' ')} ·{' '}
      {incident.owner === null ? 'unowned' : `owned by ${incident.owner}`}
    </p>
  );
}

/** What can be done about the incident now. */
export function IncidentButtons({ actions: { acknowledge, own, open } }: { readonly actions: IncidentActions }) {
  return (
    <>
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
    </>
  );
}
