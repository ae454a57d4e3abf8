import { Link } from 'wouter';
import type { ClusterMember } from '#shared/api/clusters.ts';
import { Age } from '../../components/age.tsx';
import { linkTo } from '../../components/links.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './member-table.module.css';

interface MemberRowProps {
  readonly member: ClusterMember;
  /** Entity by alarm, to name what a member is tied to. */
  readonly labels: ReadonlyMap<string, string>;
  readonly isCause: boolean;
  readonly index: number;
  readonly isPicked: boolean;
  /** Null where members cannot be corrected. */
  readonly onPick: ((alarmId: string, isPicked: boolean) => void) | null;
}

function stateOf({ alarm }: ClusterMember): string {
  if (alarm.is_cleared) return 'cleared';
  if (alarm.flapping_since !== null) return `flapping ×${alarm.flap_count}`;
  if (alarm.suppressed_by !== null) return 'in maintenance';
  return alarm.ack_state === 'acked' ? 'acknowledged' : 'standing';
}

/** One member: what it is, why it is here and what ties it in. */
export function MemberRow({ member, labels, isCause, index, isPicked, onPick }: MemberRowProps) {
  const { alarm, linked_to } = member;
  const tied = linked_to === null ? null : labels.get(linked_to);
  return (
    <tr
      aria-rowindex={index + 2}
      data-cause={isCause || undefined}
      data-cleared={alarm.is_cleared || undefined}
      data-picked={isPicked || undefined}
    >
      {onPick !== null && (
        <td className={styles.pick}>
          <input
            type="checkbox"
            checked={isPicked}
            onChange={(event) => onPick(alarm.alarm_id, event.currentTarget.checked)}
            aria-label={`Choose ${alarm.entity_id} ${alarm.alarm_type}`}
          />
        </td>
      )}
      <td className={styles.mark}>
        <SeverityMark severity={alarm.severity} isCleared={alarm.is_cleared} />
      </td>
      <td title={alarm.entity_id}>
        <Link href={linkTo.alarm(alarm.alarm_id)}>{alarm.entity_id}</Link>
      </td>
      <td title={`${alarm.alarm_type} ${alarm.specific_problem}`}>
        {alarm.alarm_type} {isCause && <Tag>cause</Tag>}
      </td>
      <td title={member.because}>{member.because}</td>
      <td title={linked_to ?? ''}>
        {linked_to !== null &&
          (tied === undefined ? (
            <Link href={linkTo.entity(linked_to)}>{linked_to}</Link>
          ) : (
            <Link href={linkTo.alarm(linked_to)}>{tied}</Link>
          ))}
      </td>
      <td className={styles.score}>{member.score.toFixed(2)}</td>
      <td className={styles.age}>
        <Age at={alarm.raised_at} />
      </td>
      <td>{stateOf(member)}</td>
    </tr>
  );
}
