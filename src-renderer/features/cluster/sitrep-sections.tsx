import { EngineText } from '../../components/engine-text.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Section } from '../../components/section.tsx';
import styles from './sitrep-sections.module.css';
import type { useSitrep } from './use-cluster-detail.ts';

interface SitrepSectionsProps {
  readonly sitrep: ReturnType<typeof useSitrep>;
  readonly incidentId: string | null;
}

/** The cause stands in a section of its own, with links. */
const shownElsewhere = 'Cause';

/** The situation report, as the engine wrote it from stored facts. */
export function SitrepSections({ sitrep, incidentId }: SitrepSectionsProps) {
  if (sitrep.phase === 'loading') return <Section heading="Situation">Writing the report …</Section>;
  if (sitrep.phase === 'failed') {
    return <ErrorState title="The situation report could not be had" error={sitrep.error} onRetry={sitrep.reload} />;
  }
  const sections = sitrep.data.sections.filter(({ heading }) => heading !== shownElsewhere);
  return (
    <Section heading="Situation">
      <dl className={styles.report}>
        {sections.map(({ heading, lines }) => (
          <div key={heading}>
            <dt>{heading}</dt>
            <dd>
              {lines.map((line) => (
                <p key={line}>
                  <EngineText text={line} incidentId={incidentId} />
                </p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
