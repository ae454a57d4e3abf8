import { severityRank } from '#shared/vocabulary/severity.ts';
import type {
  ClusterChange,
  CorrelationAlarm,
  CorrelationEvent,
  CorrelationTopology,
  StoredCluster,
} from '../correlation/correlator.ts';
import type { RuleInForce } from '../grouping-rules/compile-rules.ts';
import { carryOut, takeUp } from './carry-out.ts';
import type { Correction, StandingCorrections } from './correction.ts';
import { explanationOf, storedHeader } from './explain-member.ts';
import { forgetOldClusters } from './forget-old-clusters.ts';
import { createKnownMembers } from './known-members.ts';
import { leavingMembers } from './leaving-members.ts';
import { attach, type Member, noSides, pinTo, type RawCluster, type ShownCluster, show } from './members.ts';
import { createPartitionState } from './partition-state.ts';
import { type CausePreference, preferCauses } from './prefer-causes.ts';
import { targetOf, tiedTo } from './raw-targets.ts';
import { createShownChanges } from './shown-changes.ts';
import { tearOff } from './tear-off.ts';

/** The clusters as people see them: those of the engine, as corrected by people and their rules. Independent of how the engine groups. */
export interface ShownPartition {
  /** Takes note of what happened to alarms; before the engine's answer to it. */
  note(events: readonly CorrelationEvent[]): void;
  /** Takes the engine's answer; answers what it changed about the shown clusters. */
  follow(changes: readonly ClusterChange[]): ClusterChange[];
  correct(correction: Correction): ClusterChange[];
  setRules(rules: readonly RuleInForce[], preferences?: readonly CausePreference[]): void;
  setTopology(topology: CorrelationTopology): void;
  restore(clusters: readonly StoredCluster[]): void;
  restoreCorrections(standing: StandingCorrections): void;
  isLive(clusterId: string): boolean;
  /** Forgets clusters whose alarms are all cleared, the last raised before `before` (milliseconds since the epoch). */
  forgetBefore(before: number): void;
  size(): number;
}

/** @param windowMs an alarm that is raised again later than this after its clear is a new happening, free of what a person said of the old one */
export function createShownPartition(windowMs: number): ShownPartition {
  const changes = createShownChanges();
  /** Members whose place is to be found again, clusters of the engine whose name is, and shown clusters that rules may tear. */
  const pending = new Set<Member>();
  const unnamed = new Set<RawCluster>();
  const unruled = new Map<ShownCluster, Member[]>();
  const ruleLater = (base: ShownCluster): Member[] => {
    const arriving = unruled.get(base) ?? [];
    unruled.set(base, arriving);
    return arriving;
  };

  let preferences: ReadonlyMap<string, readonly CausePreference[]> = new Map();
  const known = createKnownMembers(unnamed);
  const state = createPartitionState(known);

  const ruleAnew = (inForce: readonly RuleInForce[]): void =>
    known.setRules(inForce, (member) => {
      member.base?.ruled.delete(member);
      if (member.base !== null && member.base.parts.size > 0) ruleLater(member.base);
      pending.add(member);
    });
  const raise = (alarm: CorrelationAlarm): void => {
    const member = known.get(alarm.alarmId);
    if (member === undefined) {
      known.admit(alarm);
      return;
    }
    if (member.cleared && alarm.raisedAt - member.lastSeenAt > windowMs && member.pin !== null) {
      pinTo(member, null);
      pending.add(member);
    }
    member.raisedAt = alarm.raisedAt;
    member.lastSeenAt = alarm.raisedAt;
    member.severity = severityRank(alarm.severity);
    member.cleared = false;
    touchElsewhere(member);
  };
  /** The engine tells of its own cluster; where the alarm is shown elsewhere, that one changed too. */
  const touchElsewhere = ({ raw, shown }: Member): void => {
    if (shown !== null && shown.id !== raw?.id) changes.clusterTouched(shown);
  };

  const attachTo = (member: Member, raw: RawCluster | null): void => {
    for (const cluster of [member.raw, raw])
      if (cluster !== null && (cluster.leading > 0 || cluster.tied > 0 || member.ties !== null || member.pin !== null))
        unnamed.add(cluster);
    attach(member, raw);
    if (member.shown !== null) changes.clusterTouched(member.shown);
    pending.add(member);
  };
  const explain = (member: Member): void => {
    const next = explanationOf(member);
    const { explanation } = member;
    if (
      next.because === explanation.because &&
      next.linkedTo === explanation.linkedTo &&
      next.score === explanation.score
    )
      return;
    changes.memberTouched(member);
    member.explanation = next;
    if (member.shown !== null) changes.clusterTouched(member.shown);
  };

  const baseOf = (member: Member): string | null => {
    if (member.pin !== null) return member.pin.clusterId;
    if (member.raw === null) return null;
    const { target } = member.raw;
    const claimed = state.claimed(target, member.entityId);
    if (claimed !== null && (member.base === null || member.base.id === claimed)) return claimed;
    if (member.base !== null && member.base.members.size > 0 && state.areApart(member.base.id, target))
      return member.base.id;
    return target;
  };
  const moveTo = (member: Member, shown: ShownCluster | null): void => {
    if (member.shown === shown) return;
    changes.memberTouched(member);
    if (member.shown !== null) changes.clusterTouched(member.shown);
    show(member, shown);
    if (shown !== null) changes.clusterTouched(shown);
  };
  const setBase = (member: Member, base: ShownCluster | null): void => {
    if (member.base !== base) {
      member.base?.ruled.delete(member);
      if (member.base !== null && member.base.parts.size > 0) ruleLater(member.base);
      member.base = base;
      if (member.sides !== noSides) base?.ruled.add(member);
    }
    if (base !== null && (base.parts.size > 0 || base.ruled.size > 1)) ruleLater(base).push(member);
    else moveTo(member, base);
  };

  const bringUpToDate = (): void => {
    for (const raw of unnamed) {
      for (const cluster of tiedTo(raw)) {
        const target = targetOf(cluster);
        if (target === cluster.target) continue;
        cluster.target = target;
        for (const member of cluster.members) pending.add(member);
      }
    }
    unnamed.clear();
    for (const member of pending) {
      const base = baseOf(member);
      setBase(member, base === null ? null : state.shownOf(base));
      explain(member);
    }
    for (const [base, arriving] of unruled)
      tearOff(base, arriving, { rules: known.rules(), siteOf: known.siteOf, shownOf: state.shownOf, moveTo, explain });
    unruled.clear();
    pending.clear();
  };
  const answer = (): ClusterChange[] => {
    bringUpToDate();
    return changes.drain(
      (id) => state.raws.get(id),
      (header) => preferCauses(header, preferences, known.kindOf),
      (shown, heirId) => {
        const heir = heirId === null ? undefined : state.shown.get(heirId);
        if (heir !== undefined) heir.silentCause ??= shown.silentCause;
        if (shown.parts.size === 0) state.forget(shown);
      },
    );
  };

  /** The engine had forgotten the cluster that the alarm stood in: that stays as history, without the alarm being told to leave it. */
  const leaveSilently = (member: Member): void => {
    attach(member, null);
    member.base?.ruled.delete(member);
    member.base = null;
    show(member, null);
    changes.memberLeft(member);
  };
  const take = (change: ClusterChange, leaving: ReadonlySet<string>): void => {
    if (change.kind === 'removed') return;
    const raw = state.rawOf(change.cluster.clusterId);
    raw.header = change.cluster;
    for (const alarmId of change.membersRemoved) {
      const member = known.get(alarmId);
      if (member !== undefined && member.raw === raw) attachTo(member, null);
    }
    for (const told of change.membersAdded) {
      const member = known.get(told.alarmId);
      if (member === undefined) continue;
      member.told = told;
      if (member.raw !== null && member.raw !== raw && !leaving.has(member.alarmId)) leaveSilently(member);
      attachTo(member, raw);
    }
    for (const id of [raw.id, raw.target]) {
      const shown = state.shown.get(id);
      if (shown !== undefined) changes.clusterTouched(shown);
    }
  };

  return {
    note(events) {
      for (const event of events) {
        if (event.kind === 'raised') {
          raise(event.alarm);
          continue;
        }
        const member = known.get(event.alarmId);
        if (member === undefined) continue;
        if (event.kind === 'repeated') member.severity = severityRank(event.severity);
        else {
          member.cleared = true;
          member.lastSeenAt = Math.max(member.lastSeenAt, event.at);
        }
        touchElsewhere(member);
      }
    },
    follow(raw) {
      const leaving = leavingMembers(raw, state.raws, known);
      for (const change of raw) take(change, leaving);
      const told = answer();
      for (const change of raw) {
        if (change.kind !== 'removed' || state.raws.get(change.clusterId)?.members.size !== 0) continue;
        state.raws.delete(change.clusterId);
      }
      return told;
    },
    correct(correction) {
      carryOut(correction, state, { pending, unnamed, changes });
      return answer();
    },
    setRules(inForce, preferred = []) {
      const next = Map.groupBy(preferred, ({ displaced }) => displaced);
      if (next.size > 0 || preferences.size > 0)
        for (const shown of state.shown.values()) changes.clusterTouched(shown);
      preferences = next;
      ruleAnew(inForce);
    },
    setTopology(topology) {
      known.setTopology(topology);
      // Where things are has changed, and with it what rules say; it is told with the next answer.
      const { rules } = known.rules();
      if (rules.length > 0) ruleAnew(rules);
    },
    restore(clusters) {
      for (const stored of clusters) {
        const raw = state.rawOf(stored.clusterId);
        for (const { alarm, explanation } of stored.members) {
          const member = known.admit(alarm);
          member.told = explanation;
          attachTo(member, raw);
        }
        raw.header = storedHeader(stored, raw);
      }
      bringUpToDate();
      changes.discard();
    },
    restoreCorrections: (standing) => takeUp(standing, state),
    isLive: (clusterId) => (state.shown.get(clusterId)?.members.size ?? 0) > 0,
    forgetBefore: (before) => forgetOldClusters(before, state, known),
    size: () => known.size(),
  };
}
