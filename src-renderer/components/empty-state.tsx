import type { ReactNode } from 'react';
import styles from './state-page.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** What it means and what to do, in a sentence or two. */
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
}

/** Nothing to show, and that is said in words. */
export function EmptyState({ title, children, icon }: EmptyStateProps) {
  return (
    <div className={styles.page}>
      {icon !== undefined && <div className={styles.icon}>{icon}</div>}
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.text}>{children}</div>}
    </div>
  );
}
