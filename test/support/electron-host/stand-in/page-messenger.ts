import type { MessagePortMain, WebContents } from 'electron';
import type { Page } from 'playwright';
import type { FromPage } from '../page/messages.ts';
import { decodeWire, encodeWire } from '../page/wire.ts';
import type { StandInIpc } from './ipc.ts';
import type { MessagePorts, PortEnd } from './message-ports.ts';
import { bindingName, type LinkedFrame, linkPage, type PageLink, preloadWorld } from './page-link.ts';

export interface PageMessengerOptions {
  readonly page: Promise<Page>;
  /** Size of the window, pixels. */
  readonly size: { readonly width: number; readonly height: number };
  readonly preload: string | null;
  readonly ipc: StandInIpc;
  readonly ports: MessagePorts;
  readonly sender: () => WebContents;
  readonly onWindowOpen: (address: string) => void;
  readonly onCrashed: () => void;
}

export interface PageMessenger {
  /** Settles when the page is connected: before its first navigation. */
  readonly linked: Promise<PageLink>;
  /** Sends an event with ports to the preload's listeners in the top frame. */
  sendEvent(channel: string, parameters: readonly unknown[], ports: readonly MessagePortMain[]): void;
  /** Address of the top frame as Electron reports it. */
  topAddress(): string;
  /** Invokes a channel from the preload's world of a frame inside the page, as a page that was taken over could. Answers what came back. */
  invokeFromFrame(browserAddress: string, channel: string, parameters: readonly unknown[]): Promise<unknown>;
}

/** Carries IPC and message ports between one page and the code under test. */
export function createPageMessenger(options: PageMessengerOptions): PageMessenger {
  const portPeers = new Map<number, { readonly context: number; readonly peer: PortEnd }>();
  let lastPort = 0;
  let link: PageLink | null = null;

  const answer = async (message: Extract<FromPage, { kind: 'invoke' }>, frame: LinkedFrame | null, context: number) => {
    const { call, channel } = message;
    try {
      const event = { sender: options.sender(), senderFrame: frame };
      const value = await options.ipc.invoke(channel, event, message.parameters);
      link?.send(context, { kind: 'answer', call, channel, error: null, value });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      link?.send(context, { kind: 'answer', call, channel, error: text, value: undefined });
    }
  };

  const onMessage = (message: FromPage, frame: LinkedFrame | null, context: number): void => {
    if (message.kind === 'invoke') void answer(message, frame, context);
    else if (message.kind === 'send') options.ipc.send(message.channel, { senderFrame: frame }, message.parameters);
    else if (message.kind === 'port-message') portPeers.get(message.port)?.peer.receive(message.data);
    else {
      portPeers.get(message.port)?.peer.peerClosed();
      portPeers.delete(message.port);
    }
  };

  const onContextGone = (context: number): void => {
    for (const [port, { context: owner, peer }] of portPeers) {
      if (owner !== context) continue;
      portPeers.delete(port);
      peer.peerClosed();
    }
  };

  const connect = async (): Promise<PageLink> => {
    const page = await options.page;
    await page.setViewportSize(options.size);
    const session = await page.context().newCDPSession(page);
    session.on('Page.windowOpen', ({ url }) => options.onWindowOpen(url));
    page.on('crash', options.onCrashed);
    // A page that is closed loses its worlds without saying so.
    page.on('close', () => {
      for (const { context } of [...portPeers.values()]) onContextGone(context);
    });
    link = await linkPage({ session, preload: options.preload, onMessage, onContextGone });
    return link;
  };
  const linked = connect();
  linked.catch(() => undefined);

  const movePort = (present: PageLink, context: number, number: number, port: MessagePortMain): void => {
    const farEnd: PortEnd = {
      receive: (data) => present.send(context, { kind: 'port-message', port: number, data }),
      peerClosed: () => {
        portPeers.delete(number);
        present.send(context, { kind: 'port-close', port: number });
      },
      connect: () => {
        throw new Error('A port in a page cannot be transferred again.');
      },
    };
    portPeers.set(number, { context, peer: options.ports.transfer(port, farEnd) });
  };

  return {
    linked,
    sendEvent: (channel, parameters, ports) => {
      const context = link?.topContext() ?? null;
      if (link === null || context === null) return;
      const present = link;
      const numbered = ports.map((port) => {
        lastPort += 1;
        return { number: lastPort, port };
      });
      // The event goes first: the page must know a port before what was waiting in it arrives.
      present.send(context, { kind: 'event', channel, parameters, ports: numbered.map(({ number }) => number) });
      for (const { number, port } of numbered) movePort(present, context, number, port);
    },
    topAddress: () => link?.topFrame().url ?? '',
    invokeFromFrame: async (browserAddress, channel, parameters) => {
      const page = await options.page;
      const session = await page.context().newCDPSession(page);
      try {
        const { frameTree } = await session.send('Page.getFrameTree');
        // The top frame's own world has the real preload, which must not be cut off from its answers.
        const frames = (frameTree.childFrames ?? []).map(({ frame }) => frame);
        const frame = frames.findLast(({ url }) => url === browserAddress);
        if (frame === undefined) throw new Error(`The page holds no frame with the address ${browserAddress}.`);
        const { executionContextId } = await session.send('Page.createIsolatedWorld', {
          frameId: frame.id,
          worldName: preloadWorld,
        });
        const message: FromPage = { kind: 'invoke', call: -1, channel, parameters };
        const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
          contextId: executionContextId,
          awaitPromise: true,
          returnByValue: true,
          expression: `new Promise((resolve) => {
            globalThis.${bindingName}Receive = resolve;
            ${bindingName}(${JSON.stringify(encodeWire(message))});
          })`,
        });
        if (exceptionDetails !== undefined)
          throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return decodeWire<unknown>(String(result.value));
      } finally {
        await session.detach();
      }
    },
  };
}
