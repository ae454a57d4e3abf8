import { SegmentedControl, TextInput } from '@mantine/core';
import { zoneName } from '#renderer/components/format-time.ts';
import styles from './scorecard-page.module.css';
import type { PeriodPlace } from './use-period-place.ts';

/** Which period to look at. */
export function PeriodPicker({ place }: { readonly place: PeriodPlace }) {
  const { choice } = place;
  return (
    <div className={styles.picker}>
      {choice.kind === 'custom' && (
        <>
          <TextInput
            type="datetime-local"
            aria-label="From"
            value={choice.from}
            onChange={(event) => place.setCustom({ from: event.currentTarget.value })}
          />
          <span>to</span>
          <TextInput
            type="datetime-local"
            aria-label="To"
            value={choice.to}
            onChange={(event) => place.setCustom({ to: event.currentTarget.value })}
          />
          <span className={styles.quiet}>{zoneName(Date.now())}</span>
        </>
      )}
      <SegmentedControl
        aria-label="Period"
        value={choice.kind}
        onChange={(kind) => place.choose(kind === '7d' || kind === 'custom' ? kind : '24h')}
        data={[
          { value: '24h', label: 'Last 24 h' },
          { value: '7d', label: 'Last 7 d' },
          { value: 'custom', label: 'From … to' },
        ]}
      />
    </div>
  );
}
