import type { ReactNode } from 'react';
import styles from './top-bar.module.css';

interface ChipProps {
  readonly tone?: 'normal' | 'caution' | 'danger' | 'demo';
  readonly title: string;
  readonly children: ReactNode;
}

/** One fact about the engine in the top bar; coloured only when it is abnormal. */
export function Chip({ tone = 'normal', title, children }: ChipProps) {
  return (
    <span className={styles.chip} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
