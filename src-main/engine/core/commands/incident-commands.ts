import type { IncidentCreateInput, IncidentPatchInput } from '#shared/api/incidents.ts';
import { emergencyServiceType, isEmergencyEntity } from '#shared/vocabulary/identifiers.ts';
import {
  type IncidentRow,
  incidentSeverity,
  type MoveResult,
  moveTo,
  namedMove,
} from '../../incidents/incident-rules.ts';
import type { TopologyDirectory } from '../../topology/topology-directory.ts';
import type { Command, CoreResult } from '../inputs.ts';
import { type CommandContext, done, refused } from './command-context.ts';

/** Opens an incident by hand. An emergency service behind it forces its severity to critical. */
export function createIncident(
  request: IncidentCreateInput,
  context: CommandContext,
  topology: TopologyDirectory,
): CoreResult {
  const { set, input, apply } = context;
  const cluster = request.cluster_id === undefined ? null : set.cluster(request.cluster_id);
  if (request.cluster_id !== undefined && (cluster === null || cluster.tenantId !== input.tenantId))
    return refused('NOT_FOUND', `There is no cluster ${request.cluster_id}.`);
  if (cluster !== null && cluster.incidentId !== null)
    return refused('CONFLICT', `The cluster has the incident ${cluster.incidentId} already.`);
  const entityId = request.entity_id ?? null;
  const isEmergency =
    (cluster?.isEmergencyService ?? false) ||
    (entityId !== null && isEmergencyEntity(entityId, topology.typeOf(input.tenantId, entityId)));
  const incidentId = `i-${input.entryId}`;
  apply([
    set.append(input.tenantId, (base) => ({
      ...base,
      event_type: 'incident.created',
      incident_id: incidentId,
      severity: incidentSeverity(request.severity, isEmergency),
      entity_id: entityId,
      cluster_id: request.cluster_id ?? null,
      title: request.title,
      operator: input.operator,
      is_emergency_service: isEmergency,
    })),
  ]);
  if (request.note !== undefined) note(incidentId, request.note, context);
  return done(incidentId);
}

/** Changes fields or the state of an incident; all of it or nothing. */
export function patchIncident(patch: IncidentPatchInput, context: CommandContext): CoreResult {
  const { set, input, apply } = context;
  const incident = find(patch.incident_id, context);
  if (incident === null) return refused('NOT_FOUND', `There is no incident ${patch.incident_id}.`);
  const move: MoveResult = patch.state === undefined ? { kind: 'unchanged' } : moveTo(incident.state, patch.state);
  if (move.kind === 'refused') return refused('CONFLICT', move.message);
  if (patch.severity !== undefined && incident.isEmergencyService && patch.severity !== 'critical')
    return refused('CONFLICT', `An incident behind an ${emergencyServiceType} stays critical.`);
  const takesOwner = patch.owner !== undefined && patch.owner !== incident.owner;
  const acknowledges = takesOwner && patch.owner !== null && incident.state === 'new' && move.kind === 'unchanged';
  const fields = {
    ...(move.kind === 'moved' ? { state: move.to } : acknowledges ? { state: 'acknowledged' as const } : {}),
    ...(takesOwner && patch.owner !== undefined ? { owner: patch.owner } : {}),
    ...(patch.title !== undefined && patch.title !== incident.title ? { title: patch.title } : {}),
    ...(patch.severity !== undefined && patch.severity !== incident.severity ? { severity: patch.severity } : {}),
  };
  if (Object.keys(fields).length > 0)
    apply([
      set.append(input.tenantId, (base) => ({
        ...base,
        event_type: 'incident.changed',
        incident_id: incident.incidentId,
        operator: input.operator,
        ...fields,
      })),
    ]);
  return done(incident.incidentId);
}

/** Acknowledge, resolve, close, reopen. */
export function moveIncident(
  command: Extract<Command, { name: 'incident.move' }>,
  context: CommandContext,
): CoreResult {
  const { set, input, apply } = context;
  const incident = find(command.incidentId, context);
  if (incident === null) return refused('NOT_FOUND', `There is no incident ${command.incidentId}.`);
  const move = namedMove(incident.state, command.move);
  if (move.kind === 'refused') return refused('CONFLICT', move.message);
  if (move.kind === 'moved')
    apply([
      set.append(input.tenantId, (base) => ({
        ...base,
        event_type: 'incident.changed',
        incident_id: incident.incidentId,
        operator: input.operator,
        state: move.to,
        ...(command.note === null ? {} : { note: command.note }),
      })),
    ]);
  return done(incident.incidentId);
}

/** Adds a note to the timeline. */
export function noteIncident(
  command: Extract<Command, { name: 'incident.note' }>,
  context: CommandContext,
): CoreResult {
  const incident = find(command.incidentId, context);
  if (incident === null) return refused('NOT_FOUND', `There is no incident ${command.incidentId}.`);
  note(incident.incidentId, command.text, context);
  return done(incident.incidentId);
}

function find(incidentId: string, { set, input }: CommandContext): IncidentRow | null {
  const incident = set.incident(incidentId);
  return incident !== null && incident.tenantId === input.tenantId ? incident : null;
}

function note(incidentId: string, text: string, { set, input, apply }: CommandContext): void {
  apply([
    set.append(input.tenantId, (base) => ({
      ...base,
      event_type: 'incident.changed',
      incident_id: incidentId,
      operator: input.operator,
      note: text,
    })),
  ]);
}
