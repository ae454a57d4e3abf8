import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import styles from '#renderer/components/governance.module.css';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import { useConsoleState } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';

const shifts = ['4', '8', '12', '24'];

/** What the next shift must know, made from what is stored; printable, and to be copied as Markdown. */
export default function HandoverPage() {
  const tenantId = useConsoleState((state) => state.tenantId);
  const [hours, setHours] = useState('8');
  const since = useMemo(() => new Date(Date.now() - Number(hours) * 3_600_000).toISOString(), [hours]);
  const remote = useRemote(`${tenantId} ${since}`, '', (client, signal) => client.handover.get({ since }, { signal }));
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label="Since"
          value={hours}
          onChange={setHours}
          data={shifts.map((value) => ({ value, label: `${value} h` }))}
        />
        <span className={styles.space} />
        {remote.phase === 'ready' && (
          <>
            <Button onClick={() => void navigator.clipboard.writeText(remote.data.markdown)}>Copy as Markdown</Button>
            <Button onClick={() => window.print()}>Print</Button>
          </>
        )}
      </div>
      <div className={styles.scroll}>
        {remote.phase === 'loading' && <LoadingState what="the handover" />}
        {remote.phase === 'failed' && (
          <ErrorState title="The handover cannot be made" error={remote.error} onRetry={remote.reload} />
        )}
        {remote.phase === 'ready' && remote.data.sections.length === 0 && (
          <EmptyState title="Nothing to hand over">
            Nothing was opened, closed or decided, and nothing waits.
          </EmptyState>
        )}
        {remote.phase === 'ready' &&
          remote.data.sections.map(({ heading, lines }) => (
            <Section key={heading} heading={heading} aside={String(lines.length)}>
              {lines.map((line) => (
                <p key={line} className={styles.text}>
                  <bdi>{line}</bdi>
                </p>
              ))}
            </Section>
          ))}
      </div>
    </div>
  );
}
