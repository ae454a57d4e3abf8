import type { AlarmOperation } from '#shared/events/events.ts';
import { findAlarm, getAlarm, listAlarms } from '../alarms/alarm-queries.ts';
import type { ApiContext } from './api-context.ts';
import { base } from './base.ts';
import type { ApiServices } from './services.ts';
import { asRefusal, command, found, pageOrRefusal, tenantOf } from './submit.ts';

/** Implements the contract's `alarms`. */
export function alarmProcedures(services: ApiServices) {
  const { reader, intake, newId } = services;

  const operate = async (
    context: ApiContext,
    alarmId: string,
    operation: AlarmOperation,
    details: { readonly note?: string | undefined; readonly minutes?: number },
  ) => {
    const tenantId = tenantOf(context);
    await command(services, context, tenantId, {
      name: 'alarm.operate',
      alarmId,
      operation,
      note: details.note ?? null,
      minutes: details.minutes ?? null,
    });
    return found(
      reader.read((unit) => findAlarm(unit, tenantId, alarmId)),
      `alarm ${alarmId}`,
    );
  };

  return {
    ingest: base.alarms.ingest.handler(async ({ input, context }) => {
      const tenantId = tenantOf(context);
      const entryId = newId();
      try {
        const result = await intake.submit({ kind: 'report', entryId, tenantId, report: input, trace: context.trace });
        if (result.kind !== 'accepted' && result.kind !== 'duplicate')
          throw new Error(`The core answered ${result.kind} to a report.`);
        return { event_id: result.eventId, tenant_id: tenantId, status: result.kind };
      } catch (error) {
        throw asRefusal(error);
      }
    }),
    list: base.alarms.list.handler(({ input, context }) =>
      pageOrRefusal(reader.read((unit) => listAlarms(unit, tenantOf(context), input))),
    ),
    get: base.alarms.get.handler(({ input, context }) =>
      found(
        reader.read((unit) => getAlarm(unit, tenantOf(context), input.alarm_id)),
        `alarm ${input.alarm_id}`,
      ),
    ),
    ack: base.alarms.ack.handler(({ input, context }) => operate(context, input.alarm_id, 'ack', input)),
    unack: base.alarms.unack.handler(({ input, context }) => operate(context, input.alarm_id, 'unack', input)),
    clear: base.alarms.clear.handler(({ input, context }) => operate(context, input.alarm_id, 'clear', input)),
    shelve: base.alarms.shelve.handler(({ input, context }) =>
      operate(context, input.alarm_id, 'shelve', { note: input.reason, minutes: input.minutes }),
    ),
    unshelve: base.alarms.unshelve.handler(({ input, context }) => operate(context, input.alarm_id, 'unshelve', {})),
    comment: base.alarms.comment.handler(({ input, context }) =>
      operate(context, input.alarm_id, 'comment', { note: input.text }),
    ),
    bulk: base.alarms.bulk.handler(async ({ input, context }) => {
      const result = await command(services, context, tenantOf(context), { name: 'alarm.bulk', input });
      return {
        done: [...result.done],
        refused: result.refused.map(({ id, code, message }) => ({ alarm_id: id, code, message })),
      };
    }),
  };
}
