import type { ClusterHeader, MemberExplanation, StoredCluster } from '../correlation/correlator.ts';
import type { Member, RawCluster } from './members.ts';
import { factsOfMembers } from './shown-header.ts';

/** What the engine said of a cluster, put together again from the store. */
export function storedHeader({ candidates = [] }: StoredCluster, raw: RawCluster): ClusterHeader | null {
  return candidates.length === 0 ? null : { ...factsOfMembers(raw.id, raw.members), candidates };
}

/** A person's word first, then a rule's, then the engine's. */
export function explanationOf({ alarmId, pin, torn, ties, raw, told }: Member): MemberExplanation {
  if (pin !== null && !(pin.leads && told.because !== ''))
    return { alarmId, because: pin.because, linkedTo: null, score: 1 };
  if (torn !== null) return { alarmId, because: torn, linkedTo: null, score: 1 };
  const [tied] = ties ?? [];
  if (pin !== null || tied === undefined || raw === null || raw.target === raw.id) return told;
  const [other, because] = tied;
  return { alarmId, because, linkedTo: other.alarmId, score: 1 };
}
