import { hashSecret, newSecret } from '../access/secrets.ts';
import { findToken, listTokens } from '../access/token-store.ts';
import { alarmRatePoints } from '../scorecard/scorecard-queries.ts';
import { consoleStream } from '../streams/console-stream.ts';
import { pulsesOf } from '../streams/pulse.ts';
import { base } from './base.ts';
import { refusal } from './refusal.ts';
import type { ApiServices } from './services.ts';
import { command, found, tenantOf } from './submit.ts';

const hourMilliseconds = 3_600_000;

/** Implements the contract's `console`. */
export function consoleProcedures(services: ApiServices) {
  const { reader, feed, clock, newId } = services;
  return {
    session: base.console.session.handler(({ context: { caller } }) => ({
      tenant_id: caller.tenantId,
      tenants: [...caller.tenants],
      operator: caller.operator,
      scopes: [...caller.scopes],
      engine: services.engine(),
    })),
    stream: base.console.stream.handler(({ input, context, signal }) =>
      consoleStream({
        feed,
        reader,
        tenantId: tenantOf(context),
        afterSequence: input.after_sequence,
        alarmsMax: services.snapshotMax,
        pulses: (tenantId, until) => pulsesOf(services.pulse, tenantId, until),
        logger: services.logger,
        signal: signal === undefined ? services.stopping : AbortSignal.any([signal, services.stopping]),
      }),
    ),
    rate: base.console.rate.handler(({ input, context }) => {
      const now = clock();
      const points = reader.read((unit) =>
        alarmRatePoints(unit, tenantOf(context), now - input.hours * hourMilliseconds, now),
      );
      return { points };
    }),
    tokens: {
      list: base.console.tokens.list.handler(({ context }) =>
        reader.read((unit) => listTokens(unit, context.caller.isConsole ? null : tenantOf(context))),
      ),
      create: base.console.tokens.create.handler(async ({ input, context }) => {
        if (!context.caller.isConsole && input.tenant_id !== context.caller.tenantId)
          throw refusal('FORBIDDEN', 'A token can only make tokens of its own tenant.');
        const secret = newSecret();
        const { id } = await command(services, context, input.tenant_id, {
          name: 'token.create',
          input,
          tokenId: newId(),
          secretHash: hashSecret(secret),
        });
        services.authenticator.forget();
        return {
          ...found(
            reader.read((unit) => findToken(unit, id)),
            `token ${id}`,
          ),
          secret,
        };
      }),
      revoke: base.console.tokens.revoke.handler(async ({ input, context }) => {
        const token = reader.read((unit) => findToken(unit, input.token_id));
        const isMine = token !== null && (context.caller.isConsole || token.tenant_id === context.caller.tenantId);
        const { tenant_id } = found(isMine ? token : null, `token ${input.token_id}`);
        await command(services, context, tenant_id, { name: 'token.revoke', tokenId: input.token_id });
        services.authenticator.forget();
        return found(
          reader.read((unit) => findToken(unit, input.token_id)),
          `token ${input.token_id}`,
        );
      }),
    },
  };
}
