import { Button } from '@mantine/core';
import styles from '#renderer/components/governance.module.css';
import { useHotkeyGroup } from '#renderer/frame/keys/use-hotkeys.ts';
import { useConsoleClient } from '#renderer/state/hooks.ts';
import type { Adr } from '#shared/api/adr.ts';
import { FailureLine } from '../actions/failure-line.tsx';
import { useAttempt } from '../actions/use-attempt.ts';

interface AdrProps {
  readonly adr: Adr;
  readonly onChanged: () => void;
}

/** One key halts everything; it asks nothing, because it must be quick. Releasing is a decision of its own. */
export function StopSection({ adr, onChanged }: AdrProps) {
  const client = useConsoleClient();
  const attempt = useAttempt(onChanged);
  const stop = () => void attempt.run(() => client.adr.stop({ reason: 'Emergency stop pressed in the console.' }));
  const release = () => void attempt.run(() => client.adr.release({ reason: 'Released in the console.' }));
  const selfTest = () => void attempt.run(() => client.adr.selfTest({ adr_id: adr.adr_id }));
  useHotkeyGroup('ADR-001', [{ keys: 'shift+s', label: 'emergency stop', run: stop, isEnabled: adr.stopped === null }]);
  return (
    <>
      <div className={styles.buttons}>
        {adr.stopped === null ? (
          <Button className={styles.stop} onClick={stop}>
            Emergency stop (Shift+S)
          </Button>
        ) : (
          <Button onClick={release}>Release the emergency stop</Button>
        )}
        <Button onClick={selfTest} loading={attempt.isBusy}>
          Run the safety self-test
        </Button>
      </div>
      {adr.stopped !== null && <p>Stopped by {adr.stopped.by}: nothing is executed until it is released.</p>}
      <FailureLine failure={attempt.failure} />
    </>
  );
}
