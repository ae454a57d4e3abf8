import { useMemo } from 'react';
import { Link } from 'wouter';
import { Age } from '../../components/age.tsx';
import { formatCount } from '../../components/format-number.ts';
import { linkTo } from '../../components/links.ts';
import { Section } from '../../components/section.tsx';
import { SeverityMark } from '../../components/severity-mark.tsx';
import { useClusters, usePulse } from '../../state/hooks.ts';
import styles from './quiet-panel.module.css';

/** How many happenings that are over are still named. */
const recent = 8;

/** Beside a calm situation: who reports, and what was over lately. */
export function QuietPanel() {
  const pulse = usePulse();
  const clusters = useClusters();
  const over = useMemo(
    () =>
      clusters.items
        .filter(({ state, alarm_count }) => state === 'cleared' && alarm_count > 1)
        .sort((left, right) => Date.parse(right.changed_at) - Date.parse(left.changed_at))
        .slice(0, recent),
    [clusters],
  );
  return (
    <aside className={styles.panel} aria-label="Feeds and what is over">
      <Section heading="Feeds" aside="last heard">
        <ul className={styles.lines}>
          {(pulse?.feeds ?? []).map((feed) => (
            <li key={feed.source_system}>
              <span className={styles.name}>{feed.source_system}</span>
              <span className={styles.quiet}>{formatCount(feed.received)} received</span>
              <Age at={feed.last_event_at} />
            </li>
          ))}
        </ul>
        {pulse?.feeds.length === 0 && <p className={styles.quiet}>Nobody has sent anything yet.</p>}
      </Section>
      {over.length > 0 && (
        <Section heading="Over" aside="ended">
          <ul className={styles.lines}>
            {over.map((cluster) => (
              <li key={cluster.cluster_id}>
                <span className={styles.over}>
                  <SeverityMark severity={cluster.severity} size={16} isCleared />
                  <Link href={linkTo.cluster(cluster.cluster_id)}>{cluster.title}</Link>
                </span>
                <span className={styles.quiet}>{formatCount(cluster.alarm_count)} alarms</span>
                <Age at={cluster.changed_at} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </aside>
  );
}
