import { useCallback } from 'react';
import { useNow } from '../state/clock.ts';
import { formatDuration, formatExact } from './format-time.ts';

interface AgeProps {
  /** ISO 8601. */
  readonly at: string;
  readonly className?: string | undefined;
}

/** How long ago something was, ticking; the exact local time on hover. */
export function Age({ at, className }: AgeProps) {
  const time = Date.parse(at);
  const text = useNow(useCallback((now: number) => formatDuration(now - time), [time]));
  return (
    <time className={className} dateTime={at} title={formatExact(time)}>
      {text}
    </time>
  );
}
