import type { Severity } from '#shared/vocabulary/severity.ts';
import styles from './severity-mark.module.css';

/** Letters: capital C and M, small m and w, as on paper logs. */
const letters: Readonly<Record<Severity, string>> = {
  critical: 'C',
  major: 'M',
  minor: 'm',
  warning: 'w',
  indeterminate: '?',
};

const shapes: Readonly<Record<Severity, string>> = {
  critical: 'M12 0.8 23.2 12 12 23.2 0.8 12Z',
  major: 'M12 1.2 23.4 22.4H0.6Z',
  minor: 'M12 1.4a10.6 10.6 0 1 1 0 21.2 10.6 10.6 0 0 1 0-21.2Z',
  warning:
    'M4.6 1.8h14.8a2.8 2.8 0 0 1 2.8 2.8v14.8a2.8 2.8 0 0 1-2.8 2.8H4.6a2.8 2.8 0 0 1-2.8-2.8V4.6a2.8 2.8 0 0 1 2.8-2.8Z',
  indeterminate: 'M6.4 2h11.2L23 12l-5.4 10H6.4L1 12Z',
};

interface SeverityMarkProps {
  readonly severity: Severity;
  /** Side in pixels: 18 in rows of 28, 22 in the situation. */
  readonly size?: number;
  /** Draws the outline only: the condition is over. */
  readonly isCleared?: boolean;
}

/** Severity as shape, letter and colour, so that it reads without any one of them. */
export function SeverityMark({ severity, size = 18, isCleared = false }: SeverityMarkProps) {
  const name = isCleared ? `${severity}, cleared` : severity;
  return (
    <svg
      className={styles.mark}
      data-severity={severity}
      data-cleared={isCleared || undefined}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      role="img"
      aria-label={name}
    >
      <title>{name}</title>
      <path d={shapes[severity]} />
      <text x="12" y={severity === 'major' ? 19.6 : 16.4} textAnchor="middle">
        {letters[severity]}
      </text>
    </svg>
  );
}
