import { useNetwork } from '@mantine/hooks';
import type { Pulse } from '#shared/api/console.ts';
import { Age } from '../components/age.tsx';
import { formatBytes, formatCount, plural } from '../components/format-number.ts';
import { formatDuration } from '../components/format-time.ts';
import { usePulse, useSession } from '../state/hooks.ts';
import { Chip } from './chip.tsx';
import { diskUrgency, feedHealth, queueUrgency } from './engine-health.ts';
import styles from './top-bar.module.css';

function FeedsChip({ pulse }: { readonly pulse: Pulse }) {
  const { alive, silent, shortestSilence } = feedHealth(pulse);
  const now = Date.parse(pulse.at);
  const title = pulse.feeds
    .map((feed) => {
      const age = formatDuration(now - Date.parse(feed.last_event_at));
      return `${feed.source_system}: ${formatCount(feed.received)} received, last ${age} ago`;
    })
    .join('\n');
  if (pulse.feeds.length === 0) return <Chip title="No source has sent anything yet">no feeds yet</Chip>;
  return (
    <Chip title={title} tone={alive === 0 ? 'caution' : 'normal'}>
      <b>{plural(alive, 'feed', 'feeds')}</b>
      {silent > 0 && shortestSilence !== null && (
        <span>
          {silent} silent {formatDuration(shortestSilence)}
        </span>
      )}
    </Chip>
  );
}

function CoreChip({ pulse }: { readonly pulse: Pulse }) {
  if (pulse.core === 'running') return null;
  return (
    <Chip
      tone="danger"
      title="Alarms are kept in the journal; correlation and incidents wait until the core runs again"
    >
      <b>core {pulse.core}</b>
    </Chip>
  );
}

/** Fewer stored alarms that wait to be shown are the engine's ordinary breath. */
const lagWorthSaying = 500;

/** The engine's health, as of its last pulse. */
export function HealthChips() {
  const pulse = usePulse();
  const session = useSession();
  const { online } = useNetwork();
  if (pulse === null) return null;
  const disk = diskUrgency(pulse.disk_free_bytes);
  const queue = queueUrgency(pulse.queue);
  return (
    <div className={styles.chips}>
      {session?.engine.demo === true && (
        <Chip tone="demo" title="Everything on this screen is made up for demonstration">
          DEMO
        </Chip>
      )}
      <CoreChip pulse={pulse} />
      {pulse.flood && (
        <Chip tone="caution" title="ISA-18.2: more than ten alarms in ten minutes is a flood">
          <b>Flood</b> {formatCount(pulse.raised_last_ten_minutes)} / 10 min
        </Chip>
      )}
      <FeedsChip pulse={pulse} />
      {pulse.last_event_at !== null && (
        <Chip title="Since the last event was committed">
          last event{' '}
          <b>
            <Age at={pulse.last_event_at} />
          </b>
        </Chip>
      )}
      <Chip
        tone={queue}
        title={`${formatCount(pulse.queue.depth)} of ${formatCount(pulse.queue.max)} places in the queue are taken; when it is full, senders are told to come back`}
      >
        queue <b>{formatCount(pulse.queue.depth)}</b>
      </Chip>
      {pulse.journal.lag > lagWorthSaying && (
        <Chip
          tone={queueUrgency({ depth: pulse.journal.lag, max: pulse.journal.lag_max })}
          title="Alarms that are safely stored and not on this screen yet; they follow within seconds"
        >
          behind <b>{formatCount(pulse.journal.lag)}</b>
        </Chip>
      )}
      <span className={disk === 'normal' ? styles.roomy : undefined}>
        <Chip tone={disk} title="Free on the disk of the data folder">
          disk <b>{formatBytes(pulse.disk_free_bytes)}</b>
        </Chip>
      </span>
      <Chip title={online ? 'This machine has a network' : 'This machine has no network; local feeds still arrive'}>
        {online ? 'online' : 'offline'}
      </Chip>
    </div>
  );
}
