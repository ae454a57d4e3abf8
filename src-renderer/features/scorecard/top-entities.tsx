import { Link } from 'wouter';
import { formatCount } from '#renderer/components/format-number.ts';
import { linkTo } from '#renderer/components/links.ts';
import { Section } from '#renderer/components/section.tsx';
import type { Scorecard } from '#shared/api/scorecard.ts';
import styles from './scorecard-page.module.css';

interface TopEntitiesProps {
  readonly now: Scorecard;
  readonly before: Scorecard;
}

/** Who raised the most alarms, and how many of all that is. */
export function TopEntities({ now, before }: TopEntitiesProps) {
  const earlier = new Map(before.top_entities.map((entity) => [entity.entity_id, entity.alarms]));
  const most = now.top_entities[0]?.alarms ?? 1;
  const share = now.top_entities.reduce((sum, entity) => sum + entity.alarms, 0) / Math.max(1, now.alarms_raised);
  return (
    <Section
      heading="Entities with most alarms"
      aside={now.top_entities.length > 0 && `${Math.round(share * 100)} % of all alarms`}
    >
      {now.top_entities.length === 0 ? (
        <p className={styles.quiet}>No entity raised an alarm in this period.</p>
      ) : (
        <ol className={styles.top}>
          {now.top_entities.map(({ entity_id, alarms }) => (
            <li key={entity_id}>
              <Link href={linkTo.entity(entity_id)} title={entity_id}>
                <bdi>{entity_id}</bdi>
              </Link>
              <span className={styles.track} aria-hidden="true">
                <span style={{ width: `${(alarms / most) * 100}%` }} />
              </span>
              <span className={styles.number}>{formatCount(alarms)}</span>
              <span className={styles.earlier}>
                {earlier.has(entity_id)
                  ? `${formatCount(earlier.get(entity_id) ?? 0)} before`
                  : 'not among the top before'}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
