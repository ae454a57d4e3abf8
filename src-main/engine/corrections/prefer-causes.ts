import type { ClusterHeader, RootCauseCandidate } from '../correlation/correlator.ts';

/** What people name as the cause where the engine held something else likelier, again and again. */
export interface CausePreference {
  /** Kinds as `habit-rules.ts` writes them. */
  readonly named: string;
  readonly displaced: string;
  readonly times: number;
}

/**
 * Puts a candidate first whose kind people keep naming instead of the kind that stands first. Both must be candidates: habits
 * choose among what the evidence allows, they invent nothing.
 */
export function preferCauses(
  header: ClusterHeader,
  preferences: ReadonlyMap<string, readonly CausePreference[]>,
  kindOf: (candidate: RootCauseCandidate) => string,
): ClusterHeader {
  const [first, ...others] = header.candidates;
  if (first === undefined || preferences.size === 0) return header;
  for (const { named, times } of preferences.get(kindOf(first)) ?? []) {
    const preferred = others.find((candidate) => kindOf(candidate) === named);
    if (preferred === undefined) continue;
    const because = `${preferred.because}; people named such a cause ${times} times where ${first.entityId} would have come first`;
    // The likelihoods change places: how sure the engine is of the pair stays as it was.
    const candidates = [
      { ...preferred, confidence: first.confidence, because },
      { ...first, confidence: preferred.confidence },
      ...others.filter((candidate) => candidate !== preferred),
    ];
    return { ...header, candidates };
  }
  return header;
}
