import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { formatCount } from '#renderer/components/format-number.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { describeError } from '#renderer/console-api/call-error.ts';
import { useConsoleClient, useConsoleState, useMay } from '#renderer/state/hooks.ts';
import { useEverySeconds } from '#renderer/state/use-every-seconds.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import type { MaintenanceWindow } from '#shared/api/noise.ts';
import { describeConditions } from '#shared/vocabulary/condition.ts';
import { MaintenanceDialog } from './maintenance-dialog.tsx';
import styles from './noise-page.module.css';
import { scheduleWords, windowState } from './schedule-words.ts';

/** Planned work: what is on, what comes, and what it suppresses. */
export function MaintenancePanel() {
  const client = useConsoleClient();
  const tenantId = useConsoleState((state) => state.tenantId);
  const may = useMay('ALARM_WRITE');
  const [isPlanning, setPlanning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const list = useRemote(tenantId, useEverySeconds(5), (api, signal) => api.maintenance.list(undefined, { signal }));

  async function end(windowId: string): Promise<void> {
    setFailure(null);
    try {
      await client.maintenance.end({ window_id: windowId });
    } catch (error) {
      const { title, detail } = describeError(error);
      setFailure(`${title}: ${detail}`);
    }
    list.reload();
  }

  return (
    <section className={styles.listing} aria-label="Maintenance windows">
      <div className={styles.tools}>
        <p className={styles.meaning}>
          What planned work makes alarm is suppressed: kept, counted, correlated, and given back if it still stands at
          the end. Emergency services are never suppressed.
        </p>
        {may && (
          <Button variant="filled" onClick={() => setPlanning(true)}>
            Plan maintenance
          </Button>
        )}
      </div>
      {failure !== null && <p role="alert">{failure}</p>}
      {list.phase === 'loading' && <LoadingState what="the windows" />}
      {list.phase === 'failed' && (
        <ErrorState title="The windows could not be listed" error={list.error} onRetry={list.reload} />
      )}
      {list.phase === 'ready' && list.data.items.length === 0 && (
        <EmptyState title="No maintenance is planned">Plan it, and its alarms do not disturb anybody.</EmptyState>
      )}
      {list.phase === 'ready' && list.data.items.length > 0 && (
        <div className={styles.scroller}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Name</th>
                <th>State</th>
                <th>When</th>
                <th>Covers alarms of which</th>
                <th className={styles.number}>Suppressed now</th>
                <th>Planned by</th>
                <th>
                  <span className="visually-hidden">End</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map((window) => (
                <WindowRow
                  key={window.window_id}
                  window={window}
                  onEnd={may ? () => void end(window.window_id) : null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isPlanning && (
        <MaintenanceDialog
          onDone={() => {
            setPlanning(false);
            list.reload();
          }}
        />
      )}
    </section>
  );
}

interface WindowRowProps {
  readonly window: MaintenanceWindow;
  readonly onEnd: (() => void) | null;
}

function WindowRow({ window, onEnd }: WindowRowProps) {
  const [isAsking, setAsking] = useState(false);
  const isOver = window.state === 'ended' || window.state === 'past';
  return (
    <tr data-over={isOver || undefined}>
      <td className={styles.strong} title={window.reason}>
        <bdi>{window.name}</bdi>
      </td>
      <td>{windowState(window)}</td>
      <td>{scheduleWords(window.schedule)}</td>
      <td>
        {describeConditions(window.conditions)}
        {window.with_contents && ', with contents'}
      </td>
      <td className={styles.number}>
        {window.suppressed_now > 0 ? (
          <Link href="/noise?kind=suppressed">{formatCount(window.suppressed_now)}</Link>
        ) : (
          '0'
        )}
      </td>
      <td>
        <bdi>{window.created_by}</bdi>
      </td>
      <td className={styles.buttons}>
        {!isOver &&
          onEnd !== null &&
          (isAsking ? (
            <>
              <Button
                size="compact-xs"
                autoFocus
                onClick={() => {
                  setAsking(false);
                  onEnd();
                }}
              >
                End for good
              </Button>
              <Button size="compact-xs" onClick={() => setAsking(false)}>
                Keep
              </Button>
            </>
          ) : (
            <Button size="compact-xs" onClick={() => setAsking(true)} aria-label={`End ${window.name}`}>
              End
            </Button>
          ))}
      </td>
    </tr>
  );
}
