import type { MessageChannelMain, MessagePortMain } from 'electron';
import { createHub } from './hub.ts';
import { loud, loudClass } from './loud.ts';

/** One end of a pair of ports, as its other end sees it. */
export interface PortEnd {
  receive(data: unknown): void;
  /** The other end is closed. */
  peerClosed(): void;
  /** Gives this end another peer, when the former one was transferred. */
  connect(peer: PortEnd): void;
}

/** What the stand-in keeps about a port that was handed out as Electron's `MessagePortMain`. */
interface PortState extends PortEnd {
  /** Connects the port's peer with a new far end, gives it what was waiting, and leaves the port unusable. */
  moveTo(farEnd: PortEnd): PortEnd;
}

/** Makes ports, and remembers what is behind each so that it can be transferred to a page. */
export interface MessagePorts {
  readonly MessageChannelMain: typeof MessageChannelMain;
  /** Moves a port to `farEnd`; answers the end through which the far side speaks to the port's peer. */
  transfer(port: MessagePortMain, farEnd: PortEnd): PortEnd;
}

export function createMessagePorts(): MessagePorts {
  const states = new WeakMap<MessagePortMain, PortState>();

  const createPort = (): { readonly port: MessagePortMain; readonly state: PortState } => {
    const hub = createHub();
    let peer: PortEnd | null = null;
    let started = false;
    let closed = false;
    const waiting: unknown[] = [];
    const deliver = (data: unknown): void => {
      setImmediate(() => {
        if (!closed) hub.emit('message', { data, ports: [] });
      });
    };
    const state: PortState = {
      receive: (data) => {
        if (closed) return;
        if (started) deliver(data);
        else waiting.push(data);
      },
      peerClosed: () => {
        if (closed) return;
        closed = true;
        setImmediate(() => hub.emit('close'));
      },
      moveTo: (farEnd) => {
        if (closed || started || peer === null) throw new Error('A started or closed port cannot be transferred.');
        closed = true;
        peer.connect(farEnd);
        for (const data of waiting.splice(0)) farEnd.receive(data);
        return peer;
      },
      connect: (next) => {
        peer = next;
      },
    };
    const port: MessagePortMain = loud<MessagePortMain, 'postMessage' | 'start' | 'close' | 'on' | 'once'>(
      'MessagePortMain',
      {
        postMessage: (data: unknown, transfer?: MessagePortMain[]) => {
          if (transfer !== undefined && transfer.length > 0)
            throw new Error('The Electron stand-in does not carry ports over ports.');
          if (!closed) peer?.receive(structuredClone(data));
        },
        start: () => {
          started = true;
          for (const data of waiting.splice(0)) deliver(data);
        },
        close: () => {
          if (closed) return;
          closed = true;
          peer?.peerClosed();
        },
        on: (event: string, listener: unknown) => {
          hub.on(event, listener);
          return port;
        },
        once: (event: string, listener: unknown) => {
          hub.once(event, listener);
          return port;
        },
      },
    );
    states.set(port, state);
    return { port, state };
  };

  const createChannel = (): MessageChannelMain => {
    const first = createPort();
    const second = createPort();
    first.state.connect(second.state);
    second.state.connect(first.state);
    return loud<MessageChannelMain, 'port1' | 'port2'>('MessageChannelMain', { port1: first.port, port2: second.port });
  };

  return {
    MessageChannelMain: loudClass<typeof MessageChannelMain, never>('MessageChannelMain', {}, createChannel),
    transfer: (port, farEnd) => {
      const state = states.get(port);
      if (state === undefined) throw new Error('Only a port of a MessageChannelMain can be transferred.');
      return state.moveTo(farEnd);
    },
  };
}
