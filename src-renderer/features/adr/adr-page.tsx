import { DocumentText } from '#renderer/components/document-text.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import styles from '#renderer/components/governance.module.css';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import { GovernanceBar } from '../actions/governance-bar.tsx';
import { Lights } from '../actions/lights.tsx';
import { AutonomyForm } from './autonomy-form.tsx';
import { OptionsSection } from './options-section.tsx';
import { SignOffSection } from './sign-off-section.tsx';
import { StopSection } from './stop-section.tsx';
import { useAdr } from './use-adr.ts';

/** ADR-001: the document, what is in force, who signed, which gates are open, and the emergency stop. */
export default function AdrPage() {
  const remote = useAdr();
  return (
    <div className={styles.page}>
      <GovernanceBar />
      {remote.phase === 'loading' && <LoadingState what="ADR-001" />}
      {remote.phase === 'failed' && (
        <ErrorState title="ADR-001 cannot be shown" error={remote.error} onRetry={remote.reload} />
      )}
      {remote.phase === 'ready' && (
        <div className={styles.split}>
          <div className={styles.scroll}>
            <h1>{remote.data.state}</h1>
            <StopSection adr={remote.data} onChanged={remote.reload} />
            <Section heading="Safety gates">
              <Lights lights={remote.data.gates} />
            </Section>
            <OptionsSection adr={remote.data} onChanged={remote.reload} />
            <SignOffSection adr={remote.data} onChanged={remote.reload} />
            <AutonomyForm key={JSON.stringify(remote.data.autonomy)} adr={remote.data} onChanged={remote.reload} />
          </div>
          <article className={`${styles.aside} ${styles.scroll}`} aria-label="The document">
            <p className={styles.mono}>SHA-256 {remote.data.document_hash ?? 'the document cannot be read'}</p>
            <DocumentText text={remote.data.text} />
          </article>
        </div>
      )}
    </div>
  );
}
