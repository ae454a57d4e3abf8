import type { CompiledRules } from '../grouping-rules/compile-rules.ts';
import { tearApart } from '../grouping-rules/part-members.ts';
import type { Member, ShownCluster } from './members.ts';

export interface TearingPorts {
  readonly rules: CompiledRules;
  readonly siteOf: (entityId: string) => string;
  readonly shownOf: (id: string) => ShownCluster;
  readonly moveTo: (member: Member, shown: ShownCluster) => void;
  readonly explain: (member: Member) => void;
}

/**
 * Tears off a cluster what "never" rules forbid, and takes back what they forbid no more. What is no rule's business stays with
 * the other alarms of its entity.
 * @param arriving members that belong to the cluster and are shown elsewhere still
 */
export function tearOff(base: ShownCluster, arriving: readonly Member[], ports: TearingPorts): void {
  const standing = [base, ...base.parts].flatMap((cluster) => [...cluster.members]);
  const homes = new Map<Member, { readonly part: ShownCluster; readonly because: string }>();
  const byEntity = new Map<string, ShownCluster>();
  base.parts.clear();
  for (const { founder, members, because } of tearApart(base.ruled, ports.rules, ports.siteOf)) {
    const part = ports.shownOf(`${base.id}.${founder.alarmId.replace(/^a-/, '')}`);
    base.parts.add(part);
    for (const member of members) {
      homes.set(member, { part, because });
      byEntity.set(member.entityId, part);
    }
  }
  // An entity with alarms on both sides keeps its others where they are.
  for (const member of base.ruled) if (!homes.has(member)) byEntity.delete(member.entityId);
  for (const member of new Set([...standing, ...arriving])) {
    if (member.base !== base) continue;
    const home = homes.get(member);
    const follows = base.ruled.has(member) || member.pin !== null ? undefined : byEntity.get(member.entityId);
    ports.moveTo(member, home?.part ?? follows ?? base);
    member.torn = home?.because ?? null;
    ports.explain(member);
  }
}
