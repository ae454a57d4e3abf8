import type { Command } from '../core/inputs.ts';
import { findIncident, getIncident, listIncidents } from '../incidents/incident-queries.ts';
import type { ApiContext } from './api-context.ts';
import { base } from './base.ts';
import type { ApiServices } from './services.ts';
import { command, found, pageOrRefusal, tenantOf } from './submit.ts';

/** Implements the contract's `incidents`. */
export function incidentProcedures(services: ApiServices) {
  const { reader } = services;

  const change = async (context: ApiContext, toDo: Command) => {
    const tenantId = tenantOf(context);
    const { id } = await command(services, context, tenantId, toDo);
    return found(
      reader.read((unit) => findIncident(unit, tenantId, id)),
      `incident ${id}`,
    );
  };
  const move = (
    context: ApiContext,
    incidentId: string,
    name: 'ack' | 'resolve' | 'close' | 'reopen',
    note: string | undefined,
  ) => change(context, { name: 'incident.move', incidentId, move: name, note: note ?? null });

  return {
    list: base.incidents.list.handler(({ input, context }) =>
      pageOrRefusal(reader.read((unit) => listIncidents(unit, tenantOf(context), input))),
    ),
    get: base.incidents.get.handler(({ input, context }) =>
      found(
        reader.read((unit) => getIncident(unit, tenantOf(context), input.incident_id)),
        `incident ${input.incident_id}`,
      ),
    ),
    create: base.incidents.create.handler(({ input, context }) => change(context, { name: 'incident.create', input })),
    patch: base.incidents.patch.handler(({ input, context }) => change(context, { name: 'incident.patch', input })),
    ack: base.incidents.ack.handler(({ input, context }) => move(context, input.incident_id, 'ack', input.note)),
    resolve: base.incidents.resolve.handler(({ input, context }) =>
      move(context, input.incident_id, 'resolve', input.note),
    ),
    close: base.incidents.close.handler(({ input, context }) => move(context, input.incident_id, 'close', input.note)),
    reopen: base.incidents.reopen.handler(({ input, context }) =>
      move(context, input.incident_id, 'reopen', input.note),
    ),
    assign: base.incidents.assign.handler(({ input, context }) =>
      change(context, {
        name: 'incident.patch',
        input: { incident_id: input.incident_id, owner: input.owner ?? context.caller.operator },
      }),
    ),
    note: base.incidents.note.handler(({ input, context }) =>
      change(context, { name: 'incident.note', incidentId: input.incident_id, text: input.text }),
    ),
  };
}
