import type { ReactNode } from 'react';
import styles from './tag.module.css';

interface TagProps {
  /** `danger` for emergency services, `caution` for what needs an eye, `quiet` for the rest. */
  readonly tone?: 'quiet' | 'caution' | 'danger';
  readonly title?: string;
  readonly children: ReactNode;
}

/** A short remark beside a title. */
export function Tag({ tone = 'quiet', title, children }: TagProps) {
  return (
    <span className={styles.tag} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
