import { type Member, noSides, tie } from '../corrections/members.ts';
import { type CompiledRules, placesFit, type RuleInForce } from './compile-rules.ts';

/** Finds what "always" rules tie an alarm to, as alarms come. */
export interface Tying {
  /** Ties the alarm to the nearest in time that each rule names; answers whether it was tied to anything. */
  note(member: Member): boolean;
  forget(member: Member): void;
}

/** Alarms that match a half of an "always" rule, kept while they may tie in others. */
interface Waiting {
  readonly rule: RuleInForce;
  readonly first: Set<Member>;
  readonly second: Set<Member>;
}

/** Alarms may come so much later than others of their time and still find them waiting. */
const latenessMilliseconds = 3_600_000;

/** @param siteOf where entities are */
export function createTying({ rules }: CompiledRules, siteOf: (entityId: string) => string): Tying {
  const waiting = new Map<number, Waiting>();
  rules.forEach((rule, number) => {
    if (rule.verdict === 'always') waiting.set(number, { rule, first: new Set(), second: new Set() });
  });
  const placeOf = ({ entityId }: Member) => ({ entityId, site: siteOf(entityId) });

  const nearest = (member: Member, { rule }: Waiting, others: Set<Member>): Member | null => {
    let best: Member | null = null;
    let least = rule.within_seconds * 1_000;
    const tooOld = member.raisedAt - rule.within_seconds * 1_000 - latenessMilliseconds;
    for (const other of others) {
      if (other.raisedAt < tooOld) others.delete(other);
      const apart = Math.abs(other.raisedAt - member.raisedAt);
      if (other === member || apart > least || (apart === least && best !== null)) continue;
      if (!placesFit(rule.place, placeOf(member), placeOf(other))) continue;
      least = apart;
      best = other;
    }
    return best;
  };

  return {
    note(member) {
      if (member.sides === noSides || waiting.size === 0) return false;
      let isTied = false;
      for (const { rule: number, isFirst } of member.sides) {
        const found = waiting.get(number);
        if (found === undefined) continue;
        const partner = nearest(member, found, isFirst ? found.second : found.first);
        if (partner !== null) {
          tie(member, partner, `the rule “${found.rule.name}” groups the two`);
          isTied = true;
        }
        (isFirst ? found.first : found.second).add(member);
      }
      return isTied;
    },
    forget(member) {
      for (const { rule } of member.sides) {
        waiting.get(rule)?.first.delete(member);
        waiting.get(rule)?.second.delete(member);
      }
    },
  };
}
