import { Link } from 'wouter';
import type { ClusterMember } from '#shared/api/clusters.ts';
import { formatCount } from '../../components/format-number.ts';
import { linkTo } from '../../components/links.ts';
import { Section } from '../../components/section.tsx';
import { SeverityMark } from '../../components/severity-mark.tsx';
import styles from './member-head.module.css';
import type { useClusterDetail } from './use-cluster-detail.ts';

/** How many members stand beside the situation. */
const shown = 8;

function MemberLine({ member }: { readonly member: ClusterMember }) {
  const { alarm } = member;
  return (
    <li className={styles.member}>
      <SeverityMark severity={alarm.severity} size={16} isCleared={alarm.is_cleared} />
      <div className={styles.words}>
        <div className={styles.what}>
          <Link href={linkTo.alarm(alarm.alarm_id)}>{alarm.entity_id}</Link> {alarm.alarm_type}
        </div>
        <div className={styles.why}>{member.because}</div>
      </div>
      <span className={styles.score} title="How firmly it belongs here, 0 to 1">
        {member.score.toFixed(2)}
      </span>
    </li>
  );
}

interface MemberHeadProps {
  readonly clusterId: string;
  readonly detail: ReturnType<typeof useClusterDetail>;
}

/** The first members of a cluster and why each is here. */
export function MemberHead({ clusterId, detail }: MemberHeadProps) {
  if (detail.phase === 'loading') return <Section heading="Members">Loading …</Section>;
  if (detail.phase === 'failed') {
    return <Section heading="Members">They could not be loaded: {detail.error.detail}</Section>;
  }
  const { members } = detail.data;
  return (
    <Section
      heading="Members and why they are here"
      aside={<Link href={linkTo.cluster(clusterId)}>all {formatCount(members.length)}</Link>}
    >
      <ul className={styles.members}>
        {members.slice(0, shown).map((member) => (
          <MemberLine key={member.alarm.alarm_id} member={member} />
        ))}
      </ul>
    </Section>
  );
}
