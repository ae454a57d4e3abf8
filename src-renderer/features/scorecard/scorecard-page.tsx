import { ErrorState } from '#renderer/components/error-state.tsx';
import { formatDayAndTime } from '#renderer/components/format-time.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import { FigureTile } from './figure-tile.tsx';
import { figuresOf } from './figures.ts';
import { type Period, periodBefore } from './period.ts';
import { PeriodPicker } from './period-picker.tsx';
import { RateHistory } from './rate-history.tsx';
import styles from './scorecard-page.module.css';
import { TopEntities } from './top-entities.tsx';
import { usePeriodPlace } from './use-period-place.ts';
import { type ScorecardPair, useScorecard } from './use-scorecard.ts';

/** How the alarm system and the people behind it did in a period, against the period before. */
export default function ScorecardPage() {
  const place = usePeriodPlace();
  const scorecard = useScorecard(place.choice);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>Scorecard</h1>
        {scorecard.fault === null && scorecard.phase === 'ready' && <PeriodWords period={scorecard.data.period} />}
        <PeriodPicker place={place} />
      </header>
      {scorecard.fault !== null ? (
        <p className={styles.fault} role="alert">
          {scorecard.fault}
        </p>
      ) : scorecard.phase === 'failed' ? (
        <ErrorState title="The scorecard could not be computed" error={scorecard.error} onRetry={scorecard.reload} />
      ) : scorecard.phase === 'loading' ? (
        <LoadingState what="the scorecard" />
      ) : (
        <Card pair={scorecard.data} />
      )}
    </div>
  );
}

function PeriodWords({ period }: { readonly period: Period }) {
  const before = periodBefore(period);
  const minutes = (at: number) => formatDayAndTime(at).slice(0, -3);
  return (
    <p className={styles.quiet}>
      {minutes(period.from)} – {minutes(period.to)}, against {minutes(before.from)} – {minutes(before.to)}
    </p>
  );
}

function Card({ pair: { now, before } }: { readonly pair: ScorecardPair }) {
  return (
    <>
      <dl className={styles.tiles}>
        {figuresOf(now, before).map((figure) => (
          <FigureTile key={figure.label} figure={figure} />
        ))}
      </dl>
      <Section heading="Alarms per ten minutes" aside="lines of ISA-18.2, per operator">
        <RateHistory points={now.rate} />
      </Section>
      <TopEntities now={now} before={before} />
    </>
  );
}
