import type { Condition } from '#engine/correlation/conditions.ts';
import type { CauseRule } from '#engine/correlation/correlator.ts';
import type { Evidence, Weights } from '#engine/correlation/evidence.ts';
import { type Explanation, explainScene } from '#engine/correlation/explain-scene.ts';
import { type Causes, type Influence, reachCount, reaches } from '#engine/correlation/influence.ts';
import { joinAreas } from '#engine/correlation/join-areas.ts';
import { joinHappenings } from '#engine/correlation/join-happenings.ts';
import type { PlaceIndex } from '#engine/correlation/place-index.ts';
import { refineHappenings } from '#engine/correlation/refine-happenings.ts';
import type { TopologyIndex } from '#engine/correlation/topology-index.ts';

/** One happening: a fault and all conditions that come from it, directly or through faults that it caused. */
export interface Happening {
  readonly root: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly silent: boolean;
  readonly conditions: readonly Condition[];
}

interface SmallerFault extends Evidence {
  readonly happening: Happening;
}

/** Faults of faults of faults: a hub takes sites, a site takes routers, a router takes cells. */
const mostLevels = 4;
const passes = 1;
/** A silent fault may as well be another one that explains this share of what it explains. */
const rivalShare = 0.9;

/**
 * Explains the conditions by faults, then the faults by fewer and greater ones, until nothing is gained; then joins what
 * has a cause in common.
 */
export function explainLevels(
  conditions: readonly Condition[],
  topology: TopologyIndex,
  influence: Influence,
  places: PlaceIndex,
  learnedCauses: readonly CauseRule[],
  weights: Weights,
): Happening[] {
  const first = explainScene(conditions, influence, weights).map(
    (explanation): Happening => ({ ...pick(explanation), conditions: explanation.members }),
  );
  let happenings: readonly Happening[] = refineHappenings(first, influence, weights);
  for (let pass = 0; pass < passes; pass += 1) {
    happenings = refineHappenings(merge(happenings, topology, influence, weights), influence, weights);
  }
  return joinAreas(joinHappenings(happenings, topology, influence, learnedCauses, weights), topology, places, weights);
}

/** Explains faults by fewer and greater ones until nothing is gained. */
function merge(
  given: readonly Happening[],
  topology: TopologyIndex,
  influence: Influence,
  weights: Weights,
): readonly Happening[] {
  let happenings = given;
  for (let level = 1; level < mostLevels; level += 1) {
    const faults = happenings.map((happening) => asEvidence(happening, topology, influence));
    const greater = explainScene(faults, influence, weights);
    if (greater.length === faults.length) break;
    happenings = greater.map((explanation): Happening => {
      const [only] = explanation.members;
      if (only !== undefined && explanation.members.length === 1) return only.happening;
      return { ...pick(explanation), conditions: explanation.members.flatMap((fault) => fault.happening.conditions) };
    });
  }
  return happenings;
}

function pick({ root, startedAt, silent }: Explanation<Evidence>): Omit<Happening, 'conditions'> {
  return { root, startedAt, silent };
}

/** A fault as something that itself wants explaining; it looks like what its root says, or else like most of what it brings. */
function asEvidence(happening: Happening, topology: TopologyIndex, influence: Influence): SmallerFault {
  const { root, startedAt, silent, conditions } = happening;
  const entityType = root < topology.count ? (topology.types[root] ?? 0) : -1;
  const own = conditions.find((condition) => condition.entity === root);
  const [first] = conditions;
  const likeness = own ?? first;
  const kind = own === undefined ? -1 - (commonKind(conditions) * 4096 + entityType) : own.kind;
  const causes = silent ? withRivals(happening, influence) : influence.causesOf(root);
  return { entity: root, entityType, kind, share: likeness?.share ?? 1, startedAt, causes, heard: !silent, happening };
}

function commonKind(conditions: readonly Condition[]): number {
  const counts = new Map<number, number>();
  let best = 0;
  let most = 0;
  for (const { kind } of conditions) {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count > most || (count === most && kind < best)) {
      best = kind;
      most = count;
    }
  }
  return best;
}

/** Causes of a silent root, and whatever else could have brought nearly everything that made it suspect. */
function withRivals({ root, conditions }: Happening, influence: Influence): Causes {
  const base = influence.causesOf(root);
  const codes = Array.from(base.codes);
  const via = Array.from(base.via);
  const strain = Array.from(base.strain);
  const known = new Set(codes.map((code) => Math.floor(code / reachCount)));
  const rivals = new Map<number, { count: number; reach: number; via: number; strain: number }>();
  const entities = new Set<number>();
  for (const { entity, causes } of conditions) {
    if (entities.has(entity)) continue;
    entities.add(entity);
    for (let at = 0; at < causes.codes.length; at += 1) {
      const code = causes.codes[at] ?? 0;
      const cause = Math.floor(code / reachCount);
      const reach = code % reachCount === reaches.named ? reaches.below : code % reachCount;
      const rival = rivals.get(cause);
      if (rival === undefined) {
        rivals.set(cause, { count: 1, reach, via: causes.via[at] ?? entity, strain: causes.strain[at] ?? 0 });
        continue;
      }
      rival.count += 1;
      rival.reach = Math.min(rival.reach, reach);
      rival.strain = Math.min(rival.strain, causes.strain[at] ?? 0);
    }
  }
  for (const [cause, rival] of rivals) {
    if (known.has(cause) || rival.count < rivalShare * entities.size) continue;
    codes.push(cause * reachCount + rival.reach);
    via.push(rival.via);
    strain.push(rival.strain);
  }
  return { codes, via, strain };
}
