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

/** What the hand-over needs of the page. */
export interface PortPage {
  randomId(): string;
  /** Calls back once after `milliseconds`; answers how to cancel. */
  after(milliseconds: number, callback: () => void): () => void;
  /** Calls back with every message that the page itself posted to itself, until the signal. */
  onOwnMessage(listener: (data: unknown, port: MessagePort | undefined) => void, signal: AbortSignal): void;
}

/** The page in a browser window. */
export function portPageOf(page: Window): PortPage {
  return {
    randomId: () => page.crypto.randomUUID(),
    after(milliseconds, callback) {
      const timer = page.setTimeout(callback, milliseconds);
      return () => page.clearTimeout(timer);
    },
    onOwnMessage(listener, signal) {
      page.addEventListener(
        'message',
        (event: MessageEvent<unknown>) => {
          const isOwn = event.source === page && event.origin === page.location.origin;
          if (isOwn) listener(event.data, event.ports[0]);
        },
        { signal },
      );
    },
  };
}

/** Calls over a message port of the desktop shell; asks for a new port after the last one closed. */
export function createPortTransport(bridge: ShellBridge, page: PortPage, headers: HeaderSource): ConsoleTransport {
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
async function requestPort(bridge: ShellBridge, page: PortPage): Promise<MessagePort> {
  const requestId = page.randomId();
  const listening = new AbortController();
  const arrival = Promise.withResolvers<MessagePort>();
  // Without a listener of its own, a timeout while the answer is awaited would count as unhandled.
  arrival.promise.catch(() => undefined);
  page.onOwnMessage((data, port) => {
    const message = consolePortMessageSchema.safeParse(data);
    if (message.success && message.data.request_id === requestId && port !== undefined) arrival.resolve(port);
  }, listening.signal);
  const cancel = page.after(handOverTimeout, () =>
    arrival.reject(new PortRefusedError('The desktop shell did not hand over a connection to the engine.')),
  );
  try {
    const answer = await bridge.connect(requestId);
    if (!answer.ok) throw new PortRefusedError(answer.message);
    return await arrival.promise;
  } finally {
    cancel();
    listening.abort();
  }
}
