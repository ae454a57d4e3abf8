import type { KnownMembers } from './known-members.ts';
import { attach } from './members.ts';
import type { PartitionState } from './partition-state.ts';

/** Forgets clusters whose alarms are all cleared, the last of them raised before `before` (milliseconds since the epoch). */
export function forgetOldClusters(before: number, state: PartitionState, known: KnownMembers): void {
  for (const shown of [...state.shown.values()]) {
    const isOver = [...shown.members].every(({ cleared, raisedAt }) => cleared && raisedAt < before);
    if (!isOver) continue;
    for (const member of shown.members) {
      attach(member, null);
      member.base?.ruled.delete(member);
      known.forget(member);
    }
    shown.members.clear();
    if (shown.parts.size === 0) state.forget(shown);
  }
  for (const raw of [...state.raws.values()]) if (raw.members.size === 0) state.raws.delete(raw.id);
}
