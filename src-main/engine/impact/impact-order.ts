import type { SlaTier } from '#shared/vocabulary/sla-tier.ts';

/** How much the service level of what is hurt weighs: each level twice the one below. */
export const tierWeights: Record<SlaTier, number> = { PLATINUM: 8, GOLD: 4, SILVER: 2, BRONZE: 1 };
/** What is at risk counts a quarter of what is lost. */
const riskShare = 0.25;

/** What a cluster's place is decided by. */
export interface Weighed {
  readonly emergencyLost: number;
  readonly emergencyAtRisk: number;
  readonly revenueLost: number;
  readonly revenueAtRisk: number;
  /** Services and customers lost, by their service level; those without one count as the lowest. */
  readonly lostTiers: readonly (SlaTier | null)[];
  readonly severityRank: number;
}

/** One criterion, its value and what it says: compared from the first to the last. */
export interface Criterion {
  readonly name: 'emergency_lost' | 'emergency_at_risk' | 'revenue' | 'sla' | 'severity';
  readonly value: number;
  readonly because: string;
}

/** Emergency services first, then revenue, then service levels, then severity; each with its reason, so that the order can be inspected. */
export function criteriaOf(weighed: Weighed): Criterion[] {
  const revenue = weighed.revenueLost + riskShare * weighed.revenueAtRisk;
  const sla = weighed.lostTiers.reduce((sum, tier) => sum + tierWeights[tier ?? 'BRONZE'], 0);
  return [
    {
      name: 'emergency_lost',
      value: weighed.emergencyLost,
      because: `${weighed.emergencyLost} emergency services lost`,
    },
    {
      name: 'emergency_at_risk',
      value: weighed.emergencyAtRisk,
      because: `${weighed.emergencyAtRisk} emergency services without their reserve`,
    },
    {
      name: 'revenue',
      value: revenue,
      because: `revenue weight ${round(weighed.revenueLost)} lost and ${round(weighed.revenueAtRisk)} at risk (counts a quarter)`,
    },
    {
      name: 'sla',
      value: sla,
      because: `${weighed.lostTiers.length} services and customers lost, by service level (PLATINUM 8, GOLD 4, SILVER 2, BRONZE or none 1)`,
    },
    { name: 'severity', value: weighed.severityRank, because: 'severity of the alarms' },
  ];
}

/** Below 0: `left` goes first. */
export function compareCriteria(
  left: readonly Pick<Criterion, 'value'>[],
  right: readonly Pick<Criterion, 'value'>[],
): number {
  for (const [index, criterion] of left.entries()) {
    const difference = (right[index]?.value ?? 0) - criterion.value;
    if (difference !== 0) return difference;
  }
  return 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
