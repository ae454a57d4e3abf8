import type { CorrectedCorrelator } from '../corrections/correction.ts';
import type { CorrectionsStore } from '../corrections/corrections-store.ts';
import { createCorrectedCorrelator } from '../corrections/create-corrected-correlator.ts';
import type { CausePreference } from '../corrections/prefer-causes.ts';
import type { ClusterStore } from '../correlation/cluster-store.ts';
import type { CauseRule, Correlator } from '../correlation/correlator.ts';
import type { RuleInForce } from '../grouping-rules/compile-rules.ts';
import type { TopologyDirectory } from '../topology/topology-directory.ts';

/** One correlator per tenant, built from the store when it is first needed. */
export interface Correlators {
  of(tenantId: string): CorrectedCorrelator;
  /** Tenants whose correlator exists. */
  tenants(): readonly string[];
  topologyChanged(tenantId: string): void;
  /** Rules or habits of people changed: what that changes is told with the next answer. */
  rulesChanged(tenantId: string): void;
  causesChanged(tenantId: string): void;
  /** Forgets all working state; it is built again from the store. */
  reset(): void;
}

export interface CorrelatorsDeps {
  readonly create: () => Correlator;
  readonly windowSeconds: number;
  readonly corrections: Pick<CorrectionsStore, 'standing'>;
  /** Rules that people made, and habits that amount to rules. */
  readonly rulesOf: (tenantId: string) => readonly RuleInForce[];
  /** Which causes people keep naming. */
  readonly preferencesOf: (tenantId: string) => readonly CausePreference[];
  readonly causesOf: (tenantId: string) => readonly CauseRule[];
  readonly clusters: ClusterStore;
  readonly topology: TopologyDirectory;
  readonly clock: () => number;
  /** How far back a cleared cluster still matters, milliseconds. */
  readonly memoryMilliseconds: number;
}

export function createCorrelators({
  create,
  windowSeconds,
  corrections,
  rulesOf,
  preferencesOf,
  causesOf,
  clusters,
  topology,
  clock,
  memoryMilliseconds,
}: CorrelatorsDeps): Correlators {
  const tenants = new Map<string, CorrectedCorrelator>();
  return {
    of(tenantId) {
      const known = tenants.get(tenantId);
      if (known !== undefined) return known;
      const correlator = createCorrectedCorrelator(create(), windowSeconds);
      correlator.setTopology(topology.forCorrelation(tenantId));
      correlator.setLearnedCauses(causesOf(tenantId));
      correlator.restore(clusters.restorable(tenantId, clock() - memoryMilliseconds));
      correlator.restoreCorrections(corrections.standing(tenantId));
      const rules = rulesOf(tenantId);
      const preferences = preferencesOf(tenantId);
      if (rules.length + preferences.length > 0) correlator.setRules(rules, preferences);
      tenants.set(tenantId, correlator);
      return correlator;
    },
    tenants: () => [...tenants.keys()],
    topologyChanged(tenantId) {
      topology.forget(tenantId);
      tenants.get(tenantId)?.setTopology(topology.forCorrelation(tenantId));
    },
    rulesChanged: (tenantId) => tenants.get(tenantId)?.setRules(rulesOf(tenantId), preferencesOf(tenantId)),
    causesChanged: (tenantId) => tenants.get(tenantId)?.setLearnedCauses(causesOf(tenantId)),
    reset: () => {
      tenants.clear();
    },
  };
}
