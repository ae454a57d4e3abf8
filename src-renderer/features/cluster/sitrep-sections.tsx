import { ErrorState } from '../../components/error-state.tsx';
import { Section } from '../../components/section.tsx';
import styles from './sitrep-sections.module.css';
import type { useSitrep } from './use-cluster-detail.ts';

interface SitrepSectionsProps {
  readonly sitrep: ReturnType<typeof useSitrep>;
}

/** The situation report, as the engine wrote it from stored facts. */
export function SitrepSections({ sitrep }: SitrepSectionsProps) {
  if (sitrep.phase === 'loading') return <p className={styles.loading}>Writing the situation report …</p>;
  if (sitrep.phase === 'failed') {
    return <ErrorState title="The situation report could not be had" error={sitrep.error} onRetry={sitrep.reload} />;
  }
  return sitrep.data.sections.map(({ heading, lines }) => (
    <Section key={heading} heading={heading}>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Section>
  ));
}
