import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { onTestFinished } from 'vitest';
import { type ConsoleClient, tenantHeader } from '#shared/api/contract.ts';
import type { RunningEngine } from './running-engine.ts';

const headersFor = (tenantId: string | undefined) => (tenantId === undefined ? {} : { [tenantHeader]: tenantId });

/** The console in a browser: RPC over HTTP with the console key, or with a token. */
export function httpConsole(engine: RunningEngine, tenantId?: string, secret = engine.consoleKey): ConsoleClient {
  return createORPCClient(
    new HttpLink({ url: `${engine.url}/rpc`, headers: { authorization: `Bearer ${secret}`, ...headersFor(tenantId) } }),
  );
}

/** The console in a window: RPC over a message port that the engine was given. Detached when the test is over. */
export function portConsole(engine: RunningEngine, tenantId?: string): { client: ConsoleClient; detach: () => void } {
  const { port1, port2 } = new MessageChannel();
  const detach = engine.engine.attachConsole(port1);
  const client: ConsoleClient = createORPCClient(new PortLink({ port: port2, headers: headersFor(tenantId) }));
  port2.start();
  onTestFinished(() => {
    port2.close();
  });
  return { client, detach };
}

/** Waits until the console is told that so many alarms have an incident; the engine opens them when correlation has settled. */
export async function untilIncidents(client: ConsoleClient, alarms: number): Promise<void> {
  const withIncident = new Set<string>();
  for await (const item of await client.console.stream({})) {
    if (item.kind !== 'changes') continue;
    for (const change of item.changes)
      if (change.topic === 'alarm' && change.data.incident_id !== null) withIncident.add(change.data.alarm_id);
    if (withIncident.size >= alarms) return;
  }
}
