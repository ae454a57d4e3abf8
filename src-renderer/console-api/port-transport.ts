import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { consolePortMessageSchema, type ShellBridge } from '#shared/shell-bridge.ts';
import type { ConsoleTransport, HeaderSource } from './transport.ts';

/** The shell gave no port; the message is one line fit for the screen. */
export class PortRefusedError extends Error {
  override readonly name = 'PortRefusedError';
}

/** How long the shell may take to hand over a port, in milliseconds. */
const handOverTimeout = 5_000;

/** Calls over a message port of the desktop shell; asks for a new port after the last one closed. */
export function createPortTransport(bridge: ShellBridge, page: Window, headers: HeaderSource): ConsoleTransport {
  let current: Promise<ClientLink<ClientContext>> | null = null;
  let held: MessagePort | null = null;

  async function open(): Promise<ClientLink<ClientContext>> {
    const port = await requestPort(bridge, page);
    held = port;
    port.addEventListener('close', () => {
      if (held !== port) return;
      held = null;
      current = null;
    });
    const link = new RPCLink({ port, headers });
    port.start();
    return link;
  }

  return {
    kind: 'message-port',
    link() {
      current ??= open().catch((error: unknown) => {
        current = null;
        throw error;
      });
      return current;
    },
    drop() {
      held?.close();
      held = null;
      current = null;
    },
  };
}

/** Asks the shell for a port and waits for its answer and for the message that carries the port, in either order. */
async function requestPort(bridge: ShellBridge, page: Window): Promise<MessagePort> {
  const requestId = page.crypto.randomUUID();
  const listening = new AbortController();
  try {
    const arrival = portArrival(page, requestId, listening.signal);
    // Without a listener of its own, a timeout while the answer is awaited would count as unhandled.
    arrival.catch(() => undefined);
    const answer = await bridge.connect(requestId);
    if (!answer.ok) throw new PortRefusedError(answer.message);
    return await arrival;
  } finally {
    listening.abort();
  }
}

function portArrival(page: Window, requestId: string, signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const timeout = page.setTimeout(
      () => reject(new PortRefusedError('The desktop shell did not hand over a connection to the engine.')),
      handOverTimeout,
    );
    signal.addEventListener('abort', () => page.clearTimeout(timeout));
    page.addEventListener(
      'message',
      (event: MessageEvent<unknown>) => {
        if (event.source !== page || event.origin !== page.location.origin) return;
        const message = consolePortMessageSchema.safeParse(event.data);
        const port = event.ports[0];
        if (message.success && message.data.request_id === requestId && port !== undefined) resolve(port);
      },
      { signal },
    );
  });
}
