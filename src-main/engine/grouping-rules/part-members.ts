import type { Member } from '../corrections/members.ts';
import type { CompiledRules, RuleInForce } from './compile-rules.ts';

/** The members that must leave a cluster, and why. */
export interface TornPart {
  /** The member after which the part is called. */
  readonly founder: Member;
  readonly members: readonly Member[];
  readonly because: string;
}

interface Part {
  /** Per half of a rule, how many members match it: in all, by entity, by site. */
  readonly halves: Map<
    string,
    { total: number; readonly byEntity: Map<string, number>; readonly bySite: Map<string, number> }
  >;
  readonly members: Member[];
  readonly because: string;
}

/**
 * Tears a cluster into as few parts as come of placing its members one by one so that no "never" rule is broken. The
 * first part stays the cluster. Alarms that a person placed stay in it whatever rules say, and drive nobody out.
 * @param ruled the members that rules may speak of
 */
export function tearApart(
  ruled: Iterable<Member>,
  { rules }: CompiledRules,
  siteOf: (entityId: string) => string,
): TornPart[] {
  const members = [...ruled].sort(
    (left, right) =>
      Number(right.pin !== null) - Number(left.pin !== null) ||
      left.raisedAt - right.raisedAt ||
      (left.alarmId < right.alarmId ? -1 : 1),
  );
  const parts: Part[] = [{ halves: new Map(), members: [], because: '' }];
  for (const member of members) {
    let because = '';
    const place = { entityId: member.entityId, site: siteOf(member.entityId) };
    let home = parts.find((part) => {
      const broken = member.pin === null ? brokenIn(part, member, place, rules) : null;
      if (broken !== null && because === '') because = `the rule “${broken.name}” keeps it apart`;
      return broken === null;
    });
    if (home === undefined) {
      home = { halves: new Map(), members: [], because };
      parts.push(home);
    }
    home.members.push(member);
    if (member.pin !== null) continue;
    for (const side of member.sides) count(home, keyOf(side.rule, side.isFirst), place);
  }
  return parts.slice(1).flatMap(({ members: own, because }) => {
    const [founder] = own;
    return founder === undefined ? [] : [{ founder, members: own, because }];
  });
}

const keyOf = (rule: number, isFirst: boolean) => `${rule}${isFirst ? 'a' : 'b'}`;

/** The rule that the member would break there; null when there is none. */
function brokenIn(
  part: Part,
  member: Member,
  { entityId, site }: { readonly entityId: string; readonly site: string },
  rules: readonly RuleInForce[],
): RuleInForce | null {
  for (const side of member.sides) {
    const rule = rules[side.rule];
    const others = part.halves.get(keyOf(side.rule, !side.isFirst));
    if (rule?.verdict !== 'never' || others === undefined) continue;
    const atEntity = others.byEntity.get(entityId) ?? 0;
    const atSite = others.bySite.get(site) ?? 0;
    const conflicts = {
      anywhere: others.total,
      same_entity: atEntity,
      same_site: atSite,
      different_entity: others.total - atEntity,
      different_site: others.total - atSite,
    }[rule.place];
    if (conflicts > 0) return rule;
  }
  return null;
}

function count(part: Part, key: string, place: { readonly entityId: string; readonly site: string }): void {
  let half = part.halves.get(key);
  if (half === undefined) {
    half = { total: 0, byEntity: new Map(), bySite: new Map() };
    part.halves.set(key, half);
  }
  half.total += 1;
  half.byEntity.set(place.entityId, (half.byEntity.get(place.entityId) ?? 0) + 1);
  half.bySite.set(place.site, (half.bySite.get(place.site) ?? 0) + 1);
}
