import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type CallError, describeError } from '../console-api/call-error.ts';
import styles from './state-page.module.css';

interface ErrorStateProps {
  /** What could not be done: "The members could not be loaded". */
  readonly title: string;
  /** What was thrown, or its description. */
  readonly error: unknown;
  readonly onRetry?: () => void;
}

function isDescribed(error: unknown): error is CallError {
  return typeof error === 'object' && error !== null && 'title' in error && 'detail' in error;
}

/** Something failed: what, why, and how to try again. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  const described = isDescribed(error) ? error : describeError(error);
  return (
    <div className={styles.page} role="alert">
      <div className={styles.icon} data-tone="bad">
        <IconAlertTriangle size={28} stroke={1.5} aria-hidden="true" />
      </div>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>
        {described.title}: {described.detail}
      </p>
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
