import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCriteria, criteriaOf, type Weighed } from '#engine/impact/impact-order.ts';
import { harmOf, impactTopologyOf, isService } from '#engine/impact/impact-rules.ts';
import type { TopologyFile, TopologyLink } from '#shared/files/topology-file.ts';

const types: Record<string, string> = {
  P1: 'POWER',
  R1: 'ROUTER',
  R2: 'ROUTER',
  C1: 'CELL',
  C2: 'CELL',
  SITE: 'SITE',
  CALLS: 'SERVICE',
  E112: 'EMERGENCY_SERVICE',
};
const entities = Object.entries(types).map(([id, entity_type]) => ({ id, entity_type }));
const needs = (from: string, to: string): TopologyLink => ({ from, to, kind: 'depends_on' });
const network = (links: readonly TopologyLink[]): TopologyFile => ({ entities, links: [...links] });
const harms = (links: readonly TopologyLink[], lost: readonly string[]) =>
  Object.fromEntries(
    [...harmOf(impactTopologyOf(network(links)), lost).values()].map(({ entityId, harm }) => [entityId, harm]),
  );

describe('who is hurt', () => {
  it('is what depends on what is lost, through any number of steps', () => {
    expect(harms([needs('C1', 'P1'), needs('CALLS', 'C1')], ['P1'])).toEqual({ P1: 'lost', C1: 'lost', CALLS: 'lost' });
  });

  it('is at risk, not lost, while something of the same type stands in', () => {
    const links = [needs('C1', 'R1'), needs('C1', 'R2'), needs('E112', 'C1')];
    expect(harms(links, ['R1'])).toEqual({ R1: 'lost', C1: 'at_risk' });
    expect(harms(links, ['R1', 'R2'])).toMatchObject({ C1: 'lost', E112: 'lost' });
  });

  it('needs all that it needs: another type does not stand in', () => {
    expect(harms([needs('C1', 'R1'), needs('C1', 'P1')], ['P1'])).toMatchObject({ C1: 'lost' });
  });

  it('is also what stands in a lost place', () => {
    const links: TopologyLink[] = [
      { from: 'SITE', to: 'C1', kind: 'contains' },
      needs('CALLS', 'C1'),
      needs('CALLS', 'C2'),
    ];
    expect(harms(links, ['SITE'])).toEqual({ SITE: 'lost', C1: 'lost', CALLS: 'at_risk' });
  });

  it('does not go along transport links, nor back to what is needed', () => {
    expect(harms([{ from: 'R1', to: 'R2', kind: 'connects' }, needs('C1', 'R2')], ['R1'])).toEqual({ R1: 'lost' });
    expect(harms([needs('C1', 'R2')], ['C1'])).toEqual({ C1: 'lost' });
  });

  it('ends on circles, says why, and grows with what is lost', () => {
    const names = Object.keys(types);
    const name = fc.constantFrom(...names);
    const link = fc.record({ from: name, to: name, kind: fc.constantFrom('depends_on' as const, 'contains' as const) });
    fc.assert(
      fc.property(fc.array(link, { maxLength: 20 }), fc.uniqueArray(name), name, (links, lost, more) => {
        const few = harmOf(impactTopologyOf(network(links)), lost);
        const many = harmOf(impactTopologyOf(network(links)), [...lost, more]);
        for (const [id, { harm, because }] of few) {
          expect(because).not.toBe('');
          expect(many.has(id)).toBe(true);
          if (harm === 'lost') expect(many.get(id)?.harm).toBe('lost');
        }
      }),
    );
  });

  it('counts services, emergency services and customer areas', () => {
    const { entities: byId } = impactTopologyOf(network([]));
    expect(['CALLS', 'E112', 'R1'].filter((id) => isService(id, byId.get(id)))).toEqual(['CALLS', 'E112']);
    expect(isService('EMERGENCY-9', undefined)).toBe(true);
  });
});

describe('the order', () => {
  const nothing: Weighed = {
    emergencyLost: 0,
    emergencyAtRisk: 0,
    revenueLost: 0,
    revenueAtRisk: 0,
    lostTiers: [],
    severityRank: 1,
  };
  const goesFirst = (left: Partial<Weighed>, right: Partial<Weighed>) =>
    compareCriteria(criteriaOf({ ...nothing, ...left }), criteriaOf({ ...nothing, ...right })) < 0;

  it('puts an emergency service before any revenue, revenue before service levels, those before severity', () => {
    expect(goesFirst({ emergencyLost: 1 }, { revenueLost: 1e9 })).toBe(true);
    expect(goesFirst({ emergencyAtRisk: 1 }, { revenueLost: 1e9 })).toBe(true);
    expect(goesFirst({ revenueLost: 1 }, { lostTiers: ['PLATINUM'] })).toBe(true);
    expect(goesFirst({ lostTiers: ['BRONZE'] }, { severityRank: 5 })).toBe(true);
  });

  it('counts what is at risk a quarter of what is lost, and a level twice the one below', () => {
    expect(goesFirst({ revenueLost: 2 }, { revenueAtRisk: 7 })).toBe(true);
    expect(goesFirst({ lostTiers: ['GOLD'] }, { lostTiers: ['SILVER', null] })).toBe(true);
  });
});
