import type {
  ClusterHeader,
  CorrelationAlarm,
  MemberExplanation,
  RootCauseCandidate,
} from '../correlation/correlator.ts';
import { SmallSet } from './small-set.ts';

/** Where a person put an alarm. */
export interface Pin {
  readonly clusterId: string;
  /** The alarm came here because its whole cluster was merged: what the engine groups with it comes along. */
  readonly leads: boolean;
  readonly because: string;
}

/** An alarm: where the engine groups it, and where it is shown. */
export interface Member {
  readonly alarmId: string;
  readonly entityId: string;
  /** As it was first told: what rules look at. */
  readonly alarm: CorrelationAlarm;
  /** Milliseconds since the epoch. */
  raisedAt: number;
  lastSeenAt: number;
  /** 1 (indeterminate) to 5 (critical). */
  severity: number;
  cleared: boolean;
  emergency: boolean;
  raw: RawCluster | null;
  /** The cluster it belongs to before "never" rules tear parts off. */
  base: ShownCluster | null;
  shown: ShownCluster | null;
  /** As told by the engine. */
  told: MemberExplanation;
  /** As shown. */
  explanation: MemberExplanation;
  pin: Pin | null;
  /** Set when a person named this alarm as the cause of the cluster that it stands in. */
  namedCause: RootCauseCandidate | null;
  /** Why a "never" rule tore it off; null for nearly all. */
  torn: string | null;
  /** What "always" rules tie it to, with the reason. */
  ties: Map<Member, string> | null;
  /** Sides of rules that it matches; empty for most. */
  sides: readonly RuleSide[];
}

/** One half of a rule that an alarm matches. */
export interface RuleSide {
  /** Number of the rule among those in force. */
  readonly rule: number;
  readonly isFirst: boolean;
}

/** A cluster as the engine judges it. */
export interface RawCluster {
  readonly id: string;
  readonly members: SmallSet<Member>;
  header: ClusterHeader | null;
  /** Name of the cluster under which its members are shown. */
  target: string;
  /** Members that a merge brought elsewhere, and members that rules tie; both zero for nearly all. */
  leading: number;
  tied: number;
}

/** A cluster as people see it. */
export interface ShownCluster {
  readonly id: string;
  readonly members: SmallSet<Member>;
  /** Members that the engine groups under the same name. */
  home: number;
  /** Whether an earlier answer told of it. */
  announced: boolean;
  /** The cause that a person named where it raised no alarm itself. */
  silentCause: RootCauseCandidate | null;
  /** Members that a person named as the cause; the last one counts. */
  readonly causes: SmallSet<Member>;
  /** Members that "never" rules may speak of, those of its parts included. */
  readonly ruled: SmallSet<Member>;
  /** What rules tore off. */
  readonly parts: SmallSet<ShownCluster>;
}

export const noSides: readonly RuleSide[] = [];

export function newRaw(id: string): RawCluster {
  return { id, members: new SmallSet(), header: null, target: id, leading: 0, tied: 0 };
}

export function newShown(id: string): ShownCluster {
  return {
    id,
    members: new SmallSet(),
    home: 0,
    announced: false,
    silentCause: null,
    causes: new SmallSet(),
    ruled: new SmallSet(),
    parts: new SmallSet(),
  };
}

/** Puts an alarm among the members of a cluster of the engine, or of none. */
export function attach(member: Member, raw: RawCluster | null): void {
  const before = member.raw;
  if (before === raw) return;
  countHome(member, -1);
  if (before !== null) {
    before.members.delete(member);
    if (member.pin?.leads === true) before.leading -= 1;
    if (member.ties !== null) before.tied -= 1;
  }
  member.raw = raw;
  countHome(member, 1);
  if (raw === null) return;
  raw.members.add(member);
  if (member.pin?.leads === true) raw.leading += 1;
  if (member.ties !== null) raw.tied += 1;
}

/** Shows an alarm in a cluster, or nowhere. */
export function show(member: Member, shown: ShownCluster | null): void {
  if (member.shown === shown) return;
  countHome(member, -1);
  member.shown?.members.delete(member);
  member.shown?.causes.delete(member);
  member.shown = shown;
  shown?.members.add(member);
  if (member.namedCause !== null) shown?.causes.add(member);
  countHome(member, 1);
}

function countHome({ raw, shown }: Member, by: number): void {
  if (raw !== null && shown !== null && raw.id === shown.id) shown.home += by;
}

/** Pins an alarm, or lets it go. */
export function pinTo(member: Member, pin: Pin | null): void {
  if (member.raw !== null) member.raw.leading += Number(pin?.leads === true) - Number(member.pin?.leads === true);
  member.pin = pin;
}

/** Ties two alarms by a rule. */
export function tie(left: Member, right: Member, because: string): void {
  for (const [member, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (member.ties === null) {
      member.ties = new Map();
      if (member.raw !== null) member.raw.tied += 1;
    }
    member.ties.set(other, because);
  }
}

/** Unties an alarm from everything. */
export function untie(member: Member): void {
  if (member.ties === null) return;
  for (const other of member.ties.keys()) {
    other.ties?.delete(member);
    if (other.ties?.size === 0) {
      other.ties = null;
      if (other.raw !== null) other.raw.tied -= 1;
    }
  }
  member.ties = null;
  if (member.raw !== null) member.raw.tied -= 1;
}
