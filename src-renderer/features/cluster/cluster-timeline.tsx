import { Link } from 'wouter';
import type { ClusterTimelineEntry } from '#shared/api/clusters.ts';
import { EngineText, shortId } from '../../components/engine-text.tsx';
import { formatDayAndTime, formatExact } from '../../components/format-time.ts';
import { linkTo } from '../../components/links.ts';
import { Section } from '../../components/section.tsx';
import styles from './cluster-timeline.module.css';

const clusterId = /(c-[\w.~-]{4,})/;

/** A sentence in which clusters are links under their short names. */
function Words({ text }: { readonly text: string }) {
  return text.split(clusterId).map((part, index) =>
    index % 2 === 1 ? (
      <Link key={part} href={linkTo.cluster(part)}>
        {shortId(part)}
      </Link>
    ) : (
      <EngineText key={part} text={part} />
    ),
  );
}

/** How the happening grew, what joined and left it, and what people corrected; the latest first. */
export function ClusterTimeline({ timeline }: { readonly timeline: readonly ClusterTimelineEntry[] }) {
  if (timeline.length === 0) return null;
  return (
    <Section heading="Timeline" aside={String(timeline.length)}>
      <ol className={styles.timeline}>
        {timeline.toReversed().map((entry) => (
          <li key={entry.event_id} data-person={entry.operator !== null || undefined}>
            <time dateTime={entry.at} title={formatExact(Date.parse(entry.at))}>
              {formatDayAndTime(Date.parse(entry.at))}
            </time>
            <span className={styles.what}>
              <b>{entry.operator === null ? 'Pedkai' : <bdi>{entry.operator}</bdi>}</b>{' '}
              <bdi>
                <Words text={entry.what} />
              </bdi>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
