import type { MessagePortMain } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { createConsoleConnections } from '#shell/console-connection/connect-console.ts';
import { createEngineHost, type HostedEngine } from '#shell/console-connection/engine-host.ts';
import { createMessagePorts } from '#test/support/electron-host/stand-in/message-ports.ts';

function engineThat(overrides: Partial<HostedEngine> = {}): HostedEngine {
  return {
    start: async () => undefined,
    stop: async () => undefined,
    attachConsole: () => () => undefined,
    ...overrides,
  };
}

describe('createConsoleConnections', () => {
  const { MessageChannelMain } = createMessagePorts();
  const frame = { url: 'app://console/', parent: null };

  const setUp = (engine: HostedEngine | null) => {
    const posted: { channel: string; message: unknown; ports: readonly MessagePortMain[] }[] = [];
    const refused: string[] = [];
    const sender = {
      id: 1,
      postMessage: (channel: string, message: unknown, ports?: MessagePortMain[]) =>
        posted.push({ channel, message, ports: ports ?? [] }),
    };
    const connections = createConsoleConnections({
      engine: () => engine,
      isOwnWindow: (id) => id === 1,
      createChannel: () => new MessageChannelMain(),
      onRefused: (address) => refused.push(address),
    });
    return { connections, event: { sender, senderFrame: frame }, posted, refused };
  };

  it('gives the console a port that the engine serves', async () => {
    const attachConsole = vi.fn((port: MessagePortMain) => {
      port.on('message', ({ data }) => port.postMessage(`engine heard ${data}`));
      return () => undefined;
    });
    const { connections, event, posted } = setUp(engineThat({ attachConsole }));
    expect(connections.connect(event, 'request-1')).toEqual({ ok: true });
    expect(posted).toHaveLength(1);
    expect(posted[0]?.message).toEqual({ kind: 'pedkai:console-port', request_id: 'request-1' });
    const port = posted[0]?.ports[0] ?? expect.fail('no port');
    const heard = new Promise((resolve) => port.on('message', ({ data }) => resolve(data)));
    port.start();
    port.postMessage('hello');
    expect(await heard).toBe('engine heard hello');
  });

  it('refuses a foreign frame, gives it nothing and names it', () => {
    const attachConsole = vi.fn(() => () => undefined);
    const { connections, event, posted, refused } = setUp(engineThat({ attachConsole }));
    const foreign = { ...event, senderFrame: { url: 'https://evil.example/', parent: frame } };
    expect(connections.connect(foreign, 'r')).toMatchObject({ ok: false, code: 'SENDER_REFUSED' });
    expect(attachConsole).not.toHaveBeenCalled();
    expect(posted).toEqual([]);
    expect(refused).toEqual(['https://evil.example/']);
  });

  it.each([[[]], [['']], [[7]], [['x'.repeat(101)]], [['r', 'extra']]])(
    'refuses malformed parameters %j',
    (parameters) => {
      const { connections, event, posted } = setUp(engineThat());
      expect(connections.connect(event, ...parameters)).toMatchObject({ ok: false, code: 'BAD_REQUEST' });
      expect(posted).toEqual([]);
    },
  );

  it('says that the engine is not running', () => {
    const { connections, event } = setUp(null);
    expect(connections.connect(event, 'r')).toMatchObject({ ok: false, code: 'ENGINE_NOT_RUNNING' });
  });

  it('closes the first port of a page when it asks for a second, and every port at the end', async () => {
    const detach = vi.fn();
    const { connections, event, posted } = setUp(engineThat({ attachConsole: () => detach }));
    const closedAt = (index: number): Promise<void> =>
      new Promise((resolve) => (posted[index]?.ports[0] ?? expect.fail('no port')).on('close', () => resolve()));
    connections.connect(event, 'r1');
    const first = closedAt(0);
    connections.connect(event, 'r2');
    await first;
    expect(detach).toHaveBeenCalledTimes(1);
    const second = closedAt(1);
    connections.closeAll();
    await second;
    expect(detach).toHaveBeenCalledTimes(2);
  });

  it('detaches the engine when the page closes its port', async () => {
    const detached = Promise.withResolvers<void>();
    const { connections, event, posted } = setUp(engineThat({ attachConsole: () => () => detached.resolve() }));
    connections.connect(event, 'r');
    posted[0]?.ports[0]?.close();
    await detached.promise;
  });
});

describe('createEngineHost', () => {
  it('offers the engine only while it runs', async () => {
    const engine = engineThat();
    const host = createEngineHost(async () => engine);
    expect(host.running()).toBeNull();
    expect(await host.start()).toEqual({ ok: true });
    expect(host.running()).toBe(engine);
    await host.stop();
    expect(host.running()).toBeNull();
    expect(await host.start()).toMatchObject({ ok: false });
  });

  it('releases a half-started engine and can start again', async () => {
    const stop = vi.fn(async () => undefined);
    let attempt = 0;
    const host = createEngineHost(async () => {
      attempt += 1;
      return attempt === 1
        ? engineThat({ start: () => Promise.reject(new Error('Port 4620 is in use.')), stop })
        : engineThat();
    });
    expect(await host.start()).toMatchObject({ ok: false, error: { message: 'Port 4620 is in use.' } });
    expect(stop).toHaveBeenCalledOnce();
    expect(await host.start()).toEqual({ ok: true });
  });

  it('starts once for starts that overlap, and a stop waits for it', async () => {
    const started = Promise.withResolvers<void>();
    const stop = vi.fn(async () => undefined);
    const open = vi.fn(async () => engineThat({ start: () => started.promise, stop }));
    const host = createEngineHost(open);
    const both = [host.start(), host.start()];
    const stopping = host.stop();
    expect(stop).not.toHaveBeenCalled();
    started.resolve();
    expect(await Promise.all(both)).toEqual([{ ok: true }, { ok: true }]);
    await stopping;
    expect(open).toHaveBeenCalledOnce();
    expect(stop).toHaveBeenCalledOnce();
  });
});
