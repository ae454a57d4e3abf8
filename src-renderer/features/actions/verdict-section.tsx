import styles from '#renderer/components/governance.module.css';
import { Section } from '#renderer/components/section.tsx';
import type { ActionDetail } from '#shared/api/actions.ts';

interface VerdictSectionProps {
  readonly verdict: ActionDetail['verdict'];
  readonly approvals: ActionDetail['approvals'];
}

/** What the policies say, rule by rule: those that took effect first. */
export function VerdictSection({ verdict, approvals }: VerdictSectionProps) {
  const rules = verdict.rules.toSorted((left, right) => Number(right.applied) - Number(left.applied));
  const wanted = `${approvals.length} of ${verdict.approvals} ${verdict.approvals === 1 ? 'approval' : 'approvals'}`;
  const by = approvals.map(({ name }) => name).join(', ');
  return (
    <Section heading="Policies" aside={verdict.outcome === 'forbidden' ? 'forbidden' : wanted}>
      {by !== '' && <p className={styles.quiet}>Approved by {by}.</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Rule</th>
            <th>Policy</th>
            <th>Effect</th>
            <th>Says</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={`${rule.policy} ${rule.rule}`}>
              <td>{rule.rule}</td>
              <td>{rule.version === 0 ? 'built in' : `${rule.policy} v${rule.version}`}</td>
              <td>{rule.applied ? rule.effect.replaceAll('_', ' ') : 'no effect'}</td>
              <td>{rule.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
