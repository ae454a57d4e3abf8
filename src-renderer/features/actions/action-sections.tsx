import { Age } from '#renderer/components/age.tsx';
import styles from '#renderer/components/governance.module.css';
import { Section } from '#renderer/components/section.tsx';
import type { ActionDetail } from '#shared/api/actions.ts';
import { stateWords } from './action-words.ts';

interface ActionProps {
  readonly action: ActionDetail;
}

/** How it is done, how it is tried without doing it, how it is taken back. */
export function RemedySection({ action: { remedy } }: ActionProps) {
  if (remedy === null) return null;
  const lists = [
    { heading: 'Before', lines: remedy.preconditions },
    { heading: 'Steps', lines: remedy.steps },
    { heading: 'Dry run', lines: [remedy.dry_run] },
    { heading: 'Way back', lines: [remedy.way_back ?? 'None is known.'] },
    { heading: 'Proof', lines: [remedy.proof] },
  ];
  return (
    <Section heading="Remedy">
      <table className={styles.table}>
        <tbody>
          {lists
            .filter(({ lines }) => lines.length > 0)
            .map(({ heading, lines }) => (
              <tr key={heading}>
                <td>{heading}</td>
                <td>
                  {lines.map((line) => (
                    <div key={line}>{line}</div>
                  ))}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Section>
  );
}

/** What was decided in situations like this one, and how it came out. */
export function SimilarSection({ action: { similar } }: ActionProps) {
  return (
    <Section heading="Decided before in situations like this" aside={String(similar.length)}>
      {similar.length === 0 && <p className={styles.quiet}>Nothing yet.</p>}
      {similar.map((decision) => (
        <p key={decision.decision_id} className={styles.text}>
          {Math.round((decision.similarity ?? 0) * 100)} % alike: {decision.action_type.replaceAll('_', ' ')} at{' '}
          <bdi>{decision.entity_id}</bdi>, {decision.choice} by {decision.decided_by},{' '}
          {decision.outcome === null ? 'outcome unknown' : decision.outcome.replaceAll('_', ' ')}
          {decision.reward === null ? '' : ` (${decision.reward.toFixed(2)})`}
        </p>
      ))}
    </Section>
  );
}

/** Who did what with it, when and why. */
export function HistorySection({ action: { history, executions } }: ActionProps) {
  return (
    <Section heading="History">
      <table className={styles.table}>
        <tbody>
          {history.map((entry) => (
            <tr key={`${entry.at} ${entry.to}`}>
              <td>{stateWords(entry.to)}</td>
              <td>
                <bdi>{entry.actor}</bdi>
              </td>
              <td>{entry.why}</td>
              <td className={styles.number}>
                <Age at={entry.at} />
              </td>
            </tr>
          ))}
          {executions.map((execution) => (
            <tr key={execution.execution_id}>
              <td>execution {execution.state.replaceAll('_', ' ')}</td>
              <td>{execution.automatic ? 'engine' : 'asked for'}</td>
              <td>
                {execution.attempts} attempts. {execution.message}
              </td>
              <td className={styles.number}>
                <Age at={execution.queued_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
