import { Link } from 'wouter';
import styles from '#renderer/components/governance.module.css';
import { linkTo } from '#renderer/components/links.ts';
import { Section } from '#renderer/components/section.tsx';
import { useActions } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';

/** How many past decisions are worth showing beside a happening. */
const similarShown = 3;

/** What is proposed for a happening, and what was decided in the happenings most like it. */
export function DecideSection({ clusterId }: { readonly clusterId: string }) {
  const actions = useActions();
  const proposed = actions.items.filter(({ cluster_id }) => cluster_id === clusterId);
  const similar = useRemote(`similar ${clusterId}`, proposed.length, (client, signal) =>
    client.decisions.list({ similar_to: clusterId, limit: similarShown }, { signal }),
  );
  const decisions = similar.phase === 'ready' ? similar.data.items : [];
  if (proposed.length === 0 && decisions.length === 0) return null;
  return (
    <Section heading="Proposed and decided">
      {proposed.map((action) => (
        <p key={action.action_id} className={styles.text}>
          <Link href={linkTo.action(action.action_id)}>
            <bdi>{action.title}</bdi>
          </Link>{' '}
          {action.state.replaceAll('_', ' ')}, {action.risk} risk
        </p>
      ))}
      {decisions.map((decision) => (
        <p key={decision.decision_id} className={styles.text}>
          {Math.round((decision.similarity ?? 0) * 100)} % alike:{' '}
          <Link href={linkTo.action(decision.action_id)}>
            {decision.action_type.replaceAll('_', ' ')} at {decision.entity_id}
          </Link>
          , {decision.choice} by <bdi>{decision.decided_by}</bdi>,{' '}
          {decision.outcome === null ? 'outcome unknown' : decision.outcome.replaceAll('_', ' ')}
        </p>
      ))}
    </Section>
  );
}
