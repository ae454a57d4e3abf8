import { Link } from 'wouter';
import { DocumentText } from '#renderer/components/document-text.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import styles from '#renderer/components/governance.module.css';
import { linkTo } from '#renderer/components/links.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import { useActions } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { ActionButtons } from './action-buttons.tsx';
import { HistorySection, RemedySection, SimilarSection } from './action-sections.tsx';
import { blastWords, stateWords } from './action-words.ts';
import { Lights } from './lights.tsx';
import { VerdictSection } from './verdict-section.tsx';

/** One action: the evidence, the verdict rule by rule, what stands before an executor, the way back, what became of the like. */
export function ActionDetailView({ actionId }: { readonly actionId: string }) {
  const live = useActions().byId.get(actionId);
  const remote = useRemote(`action ${actionId}`, live?.changed_at ?? '', (client, signal) =>
    client.actions.get({ action_id: actionId }, { signal }),
  );
  if (remote.phase === 'loading') return <LoadingState what="the action" />;
  if (remote.phase === 'failed')
    return <ErrorState title="This action cannot be shown" error={remote.error} onRetry={remote.reload} />;
  const action = remote.data;
  return (
    <article className={styles.scroll}>
      <h1>
        <bdi>{action.title}</bdi>
      </h1>
      <p className={styles.quiet}>
        {stateWords(action.state)} · {action.risk} risk · {blastWords(action)}
        {action.cluster_id !== null && (
          <>
            {' · '}
            <Link href={linkTo.cluster(action.cluster_id)}>the happening behind it</Link>
          </>
        )}
      </p>
      <ActionButtons action={action} onChanged={remote.reload} />
      <Section heading="Why">
        {action.because.map((line) => (
          <p key={line} className={styles.text}>
            <bdi>{line}</bdi>
          </p>
        ))}
      </Section>
      {action.work_order !== null && (
        <Section heading="Work order">
          <DocumentText text={action.work_order} />
        </Section>
      )}
      <VerdictSection verdict={action.verdict} approvals={action.approvals} />
      <Section heading="What stands before an executor">
        <Lights lights={action.checks} />
      </Section>
      <RemedySection action={action} />
      <SimilarSection action={action} />
      <HistorySection action={action} />
    </article>
  );
}
