import type { noiseKinds } from '#shared/api/noise.ts';
import { findWindow, listWindows, windowToWire } from '../noise/maintenance-store.ts';
import { countNoise, listedAtMost, listNoise } from '../noise/noise-queries.ts';
import { base } from './base.ts';
import type { ApiServices } from './services.ts';
import { command, found, tenantOf } from './submit.ts';

/** Implements the contract's `noise`. */
export function noiseProcedures({ reader, clock }: ApiServices) {
  return {
    summary: base.noise.summary.handler(({ context }) =>
      reader.read((unit) => {
        const count = (kind: (typeof noiseKinds)[number]) => countNoise(unit, tenantOf(context), kind, clock());
        return {
          counts: {
            shelved: count('shelved'),
            suppressed: count('suppressed'),
            flapping: count('flapping'),
            chattering: count('chattering'),
            stale: count('stale'),
          },
          listed_at_most: listedAtMost,
        };
      }),
    ),
    list: base.noise.list.handler(({ input, context }) => ({
      items: reader.read((unit) => listNoise(unit, tenantOf(context), input.kind, clock())),
    })),
  };
}

/** Implements the contract's `maintenance`. */
export function maintenanceProcedures(services: ApiServices) {
  const { reader, clock } = services;
  const windowOf = (tenantId: string, windowId: string) =>
    found(
      reader.read((unit) => {
        const listed = listWindows(unit, tenantId, clock()).find((window) => window.window_id === windowId);
        if (listed !== undefined) return listed;
        const row = findWindow(unit, tenantId, windowId);
        return row === null ? null : windowToWire(row, 0, clock());
      }),
      `maintenance window ${windowId}`,
    );
  return {
    list: base.maintenance.list.handler(({ context }) => ({
      items: reader.read((unit) => listWindows(unit, tenantOf(context), clock())),
    })),
    create: base.maintenance.create.handler(async ({ input, context }) => {
      const tenantId = tenantOf(context);
      const { id } = await command(services, context, tenantId, { name: 'maintenance.plan', input });
      return windowOf(tenantId, id);
    }),
    end: base.maintenance.end.handler(async ({ input, context }) => {
      const tenantId = tenantOf(context);
      await command(services, context, tenantId, { name: 'maintenance.end', windowId: input.window_id });
      return windowOf(tenantId, input.window_id);
    }),
  };
}
