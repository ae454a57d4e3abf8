import type { RootCauseCandidate } from '../correlation/correlator.ts';
import type { Correction, StandingCorrections } from './correction.ts';
import { type Member, pinTo, type RawCluster, type ShownCluster } from './members.ts';
import type { PartitionState } from './partition-state.ts';
import type { ShownChanges } from './shown-changes.ts';

/** Where corrections leave what is to be looked at again. */
export interface Afterwards {
  readonly pending: Set<Member>;
  readonly unnamed: Set<RawCluster>;
  readonly changes: Pick<ShownChanges, 'clusterTouched'>;
}

/** Carries out what a person corrected; what it moves is found by looking at `afterwards`. */
export function carryOut(correction: Correction, state: PartitionState, afterwards: Afterwards): void {
  if (correction.kind === 'place') place(correction, state, afterwards);
  else if (correction.kind === 'merge') merge(correction, state, afterwards);
  else nameCause(correction, state, afterwards);
}

function pin(member: Member, clusterId: string, leads: boolean, because: string, afterwards: Afterwards): void {
  if (member.raw !== null) afterwards.unnamed.add(member.raw);
  pinTo(member, { clusterId, leads, because });
  afterwards.pending.add(member);
}

function place(
  { alarmIds, clusterId, because }: Extract<Correction, { kind: 'place' }>,
  state: PartitionState,
  afterwards: Afterwards,
): void {
  const moved = new Set(alarmIds.flatMap((alarmId) => state.members.get(alarmId) ?? []));
  const from = new Map<ShownCluster, Set<string>>();
  for (const { shown, entityId } of moved) {
    if (shown === null || shown.id === clusterId) continue;
    const entities = from.get(shown) ?? new Set<string>();
    from.set(shown, entities.add(entityId));
  }
  state.claims.get(clusterId)?.clear();
  for (const [shown, entities] of from) {
    state.keepApart(shown.id, clusterId);
    for (const member of shown.members) if (!moved.has(member)) entities.delete(member.entityId);
    for (const entityId of entities) state.claim(shown.id, entityId, clusterId);
  }
  for (const member of moved) pin(member, clusterId, false, because, afterwards);
}

function merge(
  { from, into, because }: Extract<Correction, { kind: 'merge' }>,
  state: PartitionState,
  afterwards: Afterwards,
): void {
  const source = state.shown.get(from);
  const target = state.shown.get(into);
  if (source === undefined || target === undefined || source === target) return;
  state.apart.get(from)?.delete(into);
  state.apart.get(into)?.delete(from);
  source.silentCause = null;
  for (const member of source.causes) member.namedCause = null;
  source.causes.clear();
  for (const member of source.members) pin(member, into, true, because, afterwards);
}

function nameCause(
  { clusterId, entityId, alarmId, because }: Extract<Correction, { kind: 'cause' }>,
  state: PartitionState,
  { changes }: Afterwards,
): void {
  const shown = state.shown.get(clusterId);
  if (shown === undefined) return;
  nameIn(shown, { entityId, alarmId, confidence: 1, because }, state);
  changes.clusterTouched(shown);
}

/** One cluster has one named cause. One that alarms goes where its alarm goes. */
function nameIn(shown: ShownCluster, cause: RootCauseCandidate, state: PartitionState): void {
  for (const member of shown.causes) member.namedCause = null;
  shown.causes.clear();
  const member = cause.alarmId === null ? undefined : state.members.get(cause.alarmId);
  shown.silentCause = member === undefined ? { ...cause, alarmId: null } : null;
  if (member === undefined || member.shown !== shown) return;
  member.namedCause = cause;
  shown.causes.add(member);
}

/** Takes up corrections of an earlier run. An alarm that is shown elsewhere by now is not brought back. */
export function takeUp(standing: StandingCorrections, state: PartitionState): void {
  for (const [left, right] of standing.apart) state.keepApart(left, right);
  for (const { alarmId, clusterId, leads, because } of standing.pins) {
    const member = state.members.get(alarmId);
    if (member?.shown?.id === clusterId) pinTo(member, { clusterId, leads, because });
  }
  for (const { clusterId, entityId, alarmId, because } of standing.causes) {
    const shown = state.shown.get(clusterId);
    if (shown !== undefined) nameIn(shown, { entityId, alarmId, confidence: 1, because }, state);
  }
  for (const [left, right] of standing.apart) {
    claimAgain(left, right, state);
    claimAgain(right, left, state);
  }
}

/** Entities that were taken out of a cluster as a whole keep their later alarms out of it. */
function claimAgain(from: string, to: string, state: PartitionState): void {
  const left = new Set([...(state.shown.get(from)?.members ?? [])].map(({ entityId }) => entityId));
  for (const { pin: placed, entityId } of state.shown.get(to)?.members ?? [])
    if (placed !== null && !placed.leads && !left.has(entityId)) state.claim(from, entityId, to);
}
