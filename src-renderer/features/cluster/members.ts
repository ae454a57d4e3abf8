import type { ClusterMember } from '#shared/api/clusters.ts';

/** The members that contain every word of `text` in entity, alarm type, problem, source or reason; all of them for an empty text. */
export function matchMembers(members: readonly ClusterMember[], text: string): readonly ClusterMember[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return members;
  return members.filter(({ alarm, because }) => {
    const hay = [
      alarm.entity_id,
      alarm.alarm_type,
      alarm.specific_problem,
      alarm.source_system,
      alarm.severity,
      because,
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}
