import type { AlarmRatePoint } from '#shared/api/scorecard.ts';
import { formatCount } from '../../components/format-number.ts';
import { formatShortTime } from '../../components/format-time.ts';
import styles from './rate-chart.module.css';
import { acceptableRate, floodRate, rateHeight, rateMaximum } from './rate-scale.ts';

const lines = [
  { rate: acceptableRate, label: '1' },
  { rate: floodRate, label: '10 · flood' },
];

function summary(points: readonly AlarmRatePoint[]): string {
  const highest = Math.max(...points.map((point) => point.raised));
  const floods = points.filter((point) => point.raised > floodRate).length;
  return `Alarms per ten minutes: highest ${formatCount(highest)}, ${floods} of ${points.length} intervals above ${floodRate}`;
}

/** Alarms per ten minutes as bars on a logarithmic scale, with the lines of ISA-18.2. */
export function RateChart({ points }: { readonly points: readonly AlarmRatePoint[] }) {
  const first = points[0];
  if (first === undefined) return null;
  const maximum = rateMaximum(points);
  return (
    <figure className={styles.chart} aria-label={summary(points)}>
      <div className={styles.plot} aria-hidden="true">
        {lines.map(({ rate, label }) => (
          <div key={rate} className={styles.line} style={{ bottom: `${rateHeight(rate, maximum) * 100}%` }}>
            <span>{label}</span>
          </div>
        ))}
        <div className={styles.bars}>
          {points.map((point) => (
            <div
              key={point.at}
              className={styles.bar}
              title={`${formatCount(point.raised)} alarms from ${formatShortTime(Date.parse(point.at))}, in ten minutes`}
            >
              <div
                data-flood={point.raised > floodRate || undefined}
                style={{ height: `${rateHeight(point.raised, maximum) * 100}%` }}
              />
            </div>
          ))}
        </div>
      </div>
      <figcaption className={styles.axis} aria-hidden="true">
        <span>{formatShortTime(Date.parse(first.at))}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
