import type { ClusterHeader, RootCauseCandidate } from '../correlation/correlator.ts';
import { severityByRank } from '../correlation/live-alarm.ts';
import type { Member, RawCluster, ShownCluster } from './members.ts';

/** The header of a shown cluster; the engine's own where people and rules changed nothing about it. */
export function headerOf(shown: ShownCluster, rawOf: (id: string) => RawCluster | undefined): ClusterHeader {
  const same = rawOf(shown.id);
  if (same !== undefined && same.header !== null && isUnchanged(shown, same)) return same.header;
  return { ...factsOfMembers(shown.id, shown.members), candidates: candidatesOf(shown) };
}

/** What the members alone say of their cluster. */
export function factsOfMembers(clusterId: string, members: RawCluster['members']): Omit<ClusterHeader, 'candidates'> {
  let activeCount = 0;
  let rank = 1;
  let isEmergencyService = false;
  let firstRaisedAt = Number.POSITIVE_INFINITY;
  let lastRaisedAt = Number.NEGATIVE_INFINITY;
  for (const member of members) {
    if (!member.cleared) activeCount += 1;
    rank = Math.max(rank, member.severity);
    isEmergencyService ||= member.emergency;
    firstRaisedAt = Math.min(firstRaisedAt, member.raisedAt);
    lastRaisedAt = Math.max(lastRaisedAt, member.raisedAt);
  }
  return {
    clusterId,
    alarmCount: members.size,
    activeCount,
    severity: isEmergencyService ? 'critical' : (severityByRank[rank] ?? 'indeterminate'),
    isEmergencyService,
    firstRaisedAt,
    lastRaisedAt,
  };
}

/** All of its own members and no others: then nobody intervened. */
function isUnchanged(shown: ShownCluster, raw: RawCluster): boolean {
  return namedCause(shown) === null && shown.home === shown.members.size && shown.home === raw.members.size;
}

/** The cause that a person named; null where nobody did. */
export function namedCause({ causes, silentCause }: ShownCluster): RootCauseCandidate | null {
  return [...causes].at(-1)?.namedCause ?? silentCause;
}

/** The cause that a person named, then those of the engine's clusters that have most members here, as far as they speak of this cluster. */
function candidatesOf(shown: ShownCluster): readonly RootCauseCandidate[] {
  const alarmIds = new Set<string>();
  const entityIds = new Set<string>();
  const counts = new Map<RawCluster, number>();
  for (const { alarmId, entityId, raw } of shown.members) {
    alarmIds.add(alarmId);
    entityIds.add(entityId);
    if (raw !== null) counts.set(raw, (counts.get(raw) ?? 0) + 1);
  }
  const sources = [...counts].sort((left, right) => right[1] - left[1] || (left[0].id < right[0].id ? -1 : 1));
  const named = namedCause(shown);
  const found: RootCauseCandidate[] = named === null ? [] : [named];
  for (const [raw, count] of sources) {
    // A silent cause speaks for a cluster only when most of what it explains is here.
    const isMost = count * 2 >= raw.members.size;
    for (const candidate of raw.header?.candidates ?? []) {
      const isHere =
        candidate.alarmId === null ? isMost || entityIds.has(candidate.entityId) : alarmIds.has(candidate.alarmId);
      if (isHere && !found.some((other) => other.entityId === candidate.entityId)) found.push(candidate);
    }
    if (found.length > 0 && sources.length > 1) break;
  }
  return found.length > 0 ? found : [earliest(shown)];
}

function earliest(shown: ShownCluster): RootCauseCandidate {
  let first: Member | null = null;
  for (const member of shown.members) {
    const isEarlier =
      first === null ||
      member.raisedAt < first.raisedAt ||
      (member.raisedAt === first.raisedAt && member.alarmId < first.alarmId);
    if (isEarlier) first = member;
  }
  if (first === null) throw new Error(`The cluster ${shown.id} has no members.`);
  return {
    entityId: first.entityId,
    alarmId: first.alarmId,
    confidence: 0.5,
    because: 'the earliest alarm of what was put together by a person or a rule',
  };
}
