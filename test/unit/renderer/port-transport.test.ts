import { createORPCClient, DynamicLink } from '@orpc/client';
import { os, type RouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { describe, expect, it } from 'vitest';
import { createPortTransport, type PortPage, PortRefusedError } from '#renderer/console-api/port-transport.ts';
import { type ConnectAnswer, consolePortMessageKind, type ShellBridge } from '#shared/shell-bridge.ts';

/** A shell that posts a port before it answers; each port leads to an engine with a number of its own. */
function desktop(answer: ConnectAnswer = { ok: true }) {
  const listeners = new Set<(data: unknown, port: MessagePort | undefined) => void>();
  const timers: (() => void)[] = [];
  const farEnds: MessagePort[] = [];
  let isPosting = true;
  const page: PortPage = {
    randomId: () => `request ${farEnds.length}`,
    after(_milliseconds, callback) {
      timers.push(callback);
      return () => void timers.splice(timers.indexOf(callback), 1);
    },
    onOwnMessage(listener, signal) {
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
    },
  };
  const router = (number: number) => ({ whoami: os.handler(() => `engine ${number}`) });
  const bridge: ShellBridge = {
    platform: 'linux',
    onOpenPath: () => () => undefined,
    async connect(request_id) {
      if (!answer.ok || !isPosting) return answer;
      const { port1, port2 } = new MessageChannel();
      const number = farEnds.push(port1);
      new RPCHandler(router(number)).upgrade(port1);
      port1.start();
      for (const listener of [...listeners]) {
        listener({ kind: consolePortMessageKind, request_id: 'of another page' }, new MessageChannel().port1);
        listener('noise', undefined);
        listener({ kind: consolePortMessageKind, request_id }, port2);
      }
      return answer;
    },
  };
  const transport = createPortTransport(bridge, page, () => ({}));
  const client = createORPCClient<RouterClient<ReturnType<typeof router>>>(new DynamicLink(() => transport.link()));
  return {
    transport,
    client,
    farEnds,
    listeners,
    timers,
    stopPosting: () => {
      isPosting = false;
    },
  };
}

describe('message port', () => {
  it('is asked for once and carries every call', async () => {
    const { client, farEnds, listeners, timers } = desktop();
    expect(await Promise.all([client.whoami(), client.whoami()])).toEqual(['engine 1', 'engine 1']);
    expect(farEnds).toHaveLength(1);
    expect(listeners.size).toBe(0);
    expect(timers).toHaveLength(0);
    for (const port of farEnds) port.close();
  });

  it('is asked for again after it was given up', async () => {
    const { client, transport, farEnds } = desktop();
    await client.whoami();
    transport.drop();
    expect(await client.whoami()).toBe('engine 2');
    for (const port of farEnds) port.close();
  });

  it('says why there is none', async () => {
    const { client } = desktop({ ok: false, code: 'ENGINE_NOT_RUNNING', message: 'The engine restarts.' });
    await expect(client.whoami()).rejects.toEqual(new PortRefusedError('The engine restarts.'));
  });

  it('is not waited for without end', async () => {
    const { client, timers, stopPosting, listeners } = desktop();
    stopPosting();
    const call = client.whoami();
    call.catch(() => undefined);
    while (timers.length === 0) await Promise.resolve();
    await Promise.resolve();
    for (const callback of [...timers]) callback();
    await expect(call).rejects.toBeInstanceOf(PortRefusedError);
    expect(listeners.size).toBe(0);
  });
});
