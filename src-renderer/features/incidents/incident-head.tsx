import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { Key } from '#renderer/components/key.tsx';
import { linkTo } from '#renderer/components/links.ts';
import { SeverityMark } from '#renderer/components/severity-mark.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useHotkeyGroup } from '#renderer/frame/keys/use-hotkeys.ts';
import type { Incident } from '#shared/api/incidents.ts';
import { incidentStates } from '#shared/vocabulary/incident-state.ts';
import { IncidentClockText } from './clock.tsx';
import styles from './incident-page.module.css';
import { isOpen, type Move, offeredMoves, stateWords } from './life-cycle.ts';
import { type IncidentWork, moveHint } from './use-incident-work.ts';

interface IncidentHeadProps {
  readonly incident: Incident;
  readonly work: IncidentWork;
  readonly onChanged: () => void;
}

/** What it is, where in its life it stands, and the steps that are possible from there. */
export function IncidentHead({ incident, work, onChanged }: IncidentHeadProps) {
  const moves = offeredMoves(incident.state);

  async function take(move: Move): Promise<void> {
    await work.move(incident, move);
    onChanged();
  }

  useHotkeyGroup(
    'Incident',
    moves.map((move) => ({
      keys: move.key,
      label: move.label.toLowerCase(),
      run: () => void take(move),
      isEnabled: work.mayWrite,
    })),
  );

  return (
    <header className={styles.head}>
      <p className={styles.back}>
        <Link href="/incidents">Incidents</Link>
      </p>
      <div className={styles.title}>
        <SeverityMark severity={incident.severity} size={24} isCleared={!isOpen(incident.state)} />
        <h1>
          <bdi>{incident.title}</bdi>
        </h1>
        {incident.is_emergency_service && <Tag tone="danger">emergency service</Tag>}
      </div>
      <p className={styles.subtitle}>
        <IncidentClockText incident={incident} />
        {incident.cluster_id !== null && (
          <>
            {' · '}
            <Link href={linkTo.cluster(incident.cluster_id)}>the happening behind it</Link>
          </>
        )}
      </p>
      <div className={styles.life}>
        <ol className={styles.steps} aria-label="Life of the incident">
          {incidentStates.map((state) => (
            <li key={state} aria-current={state === incident.state ? 'step' : undefined}>
              {stateWords(state)}
            </li>
          ))}
        </ol>
        <div className={styles.moves}>
          {moves.map((move, index) => (
            <Button
              key={move.name}
              variant={index === 0 ? 'filled' : 'default'}
              disabled={!work.mayWrite}
              onClick={() => void take(move)}
              rightSection={<Key keys={move.key} />}
              title={moveHint(move)}
            >
              {move.label}
            </Button>
          ))}
        </div>
      </div>
    </header>
  );
}
