import { isEmergencyEntity } from '#shared/vocabulary/identifiers.ts';
import { severityRank } from '#shared/vocabulary/severity.ts';
import type {
  CorrelationAlarm,
  CorrelationTopology,
  MemberExplanation,
  RootCauseCandidate,
} from '../correlation/correlator.ts';
import { type CompiledRules, compileRules, type RuleInForce } from '../grouping-rules/compile-rules.ts';
import { createTying } from '../grouping-rules/tie-members.ts';
import { createPlaces } from '../topology/places.ts';
import { kindOf } from './habit-rules.ts';
import { type Member, noSides, type RawCluster, untie } from './members.ts';

/** The alarms that the partition knows, and what rules say of each. */
export interface KnownMembers {
  get(alarmId: string): Member | undefined;
  all(): IterableIterator<Member>;
  size(): number;
  /** A new alarm, in no cluster yet. */
  admit(alarm: CorrelationAlarm): Member;
  forget(member: Member): void;
  rules(): CompiledRules;
  /** Asks every alarm anew which rules speak of it; `before` is called for each first. */
  setRules(rules: readonly RuleInForce[], before: (member: Member) => void): void;
  setTopology(topology: CorrelationTopology): void;
  siteOf(entityId: string): string;
  /** The kind of a possible cause, as habits write it. */
  kindOf(candidate: RootCauseCandidate): string;
}

const notTold: MemberExplanation = { alarmId: '', because: '', linkedTo: null, score: 0 };

/** @param unnamed receives clusters whose ties changed */
export function createKnownMembers(unnamed: Set<RawCluster>): KnownMembers {
  const members = new Map<string, Member>();
  let places = createPlaces({ entities: [], links: [] });
  const siteOf = (entityId: string) => places.siteOf(entityId);
  let rules = compileRules([]);
  let tying = createTying(rules, siteOf);

  const renameLater = (member: Member): void => {
    if (member.raw !== null) unnamed.add(member.raw);
    for (const other of member.ties?.keys() ?? []) if (other.raw !== null) unnamed.add(other.raw);
  };
  const rule = (member: Member): void => {
    if (rules.rules.length === 0) return;
    const { alarm, entityId } = member;
    const entityType = places.typeOf(entityId);
    member.sides = rules.sidesOf({ ...alarm, entityType, holders: places.holdersOf(entityId) });
    if (member.sides !== noSides && tying.note(member)) renameLater(member);
  };
  return {
    get: (alarmId) => members.get(alarmId),
    all: () => members.values(),
    size: () => members.size,
    admit(alarm) {
      const member: Member = {
        alarmId: alarm.alarmId,
        entityId: alarm.entityId,
        alarm,
        raisedAt: alarm.raisedAt,
        lastSeenAt: alarm.clearedAt ?? alarm.raisedAt,
        severity: severityRank(alarm.severity),
        cleared: alarm.clearedAt !== null,
        emergency: isEmergencyEntity(alarm.entityId, places.typeOf(alarm.entityId)),
        raw: null,
        base: null,
        shown: null,
        told: notTold,
        explanation: notTold,
        pin: null,
        namedCause: null,
        torn: null,
        ties: null,
        sides: noSides,
      };
      members.set(alarm.alarmId, member);
      rule(member);
      return member;
    },
    forget(member) {
      untie(member);
      tying.forget(member);
      members.delete(member.alarmId);
    },
    rules: () => rules,
    setRules(inForce, before) {
      rules = compileRules(inForce);
      tying = createTying(rules, siteOf);
      for (const member of members.values()) {
        if (member.ties !== null) renameLater(member);
        untie(member);
        before(member);
        member.sides = noSides;
      }
      for (const member of members.values()) {
        rule(member);
        if (member.sides !== noSides) member.base?.ruled.add(member);
      }
    },
    setTopology(topology) {
      places = createPlaces(topology);
      for (const member of members.values())
        member.emergency = isEmergencyEntity(member.entityId, places.typeOf(member.entityId));
    },
    siteOf,
    kindOf: ({ entityId, alarmId }) =>
      kindOf(
        {
          entityId,
          entityType: places.typeOf(entityId) ?? '',
          alarmType: alarmId === null ? '' : (members.get(alarmId)?.alarm.alarmType ?? ''),
          site: '',
        },
        'same_site',
      ),
  };
}
