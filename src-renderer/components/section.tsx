import type { ReactNode } from 'react';
import styles from './section.module.css';

interface SectionProps {
  readonly heading: string;
  /** Stands at the end of the heading's line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a side panel or a page, under a small heading. */
export function Section({ heading, aside, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>
        <span>{heading}</span>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </h2>
      {children}
    </section>
  );
}
