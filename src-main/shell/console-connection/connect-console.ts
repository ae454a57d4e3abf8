import type { IpcMainInvokeEvent, MessageChannelMain, WebContents } from 'electron';
import {
  type ConnectAnswer,
  type ConsolePortMessage,
  consolePortMessageKind,
  consolePortMessageSchema,
} from '#shared/shell-bridge.ts';
import { isTrustedSender, type SenderEvent } from '../trust/trusted-sender.ts';
import { channels } from './channels.ts';
import type { HostedEngine } from './engine-host.ts';

/** What the handler reads of Electron's event. */
export type ConnectEvent = SenderEvent & { readonly sender: Pick<WebContents, 'id' | 'postMessage'> };

export interface ConsoleConnectionsOptions {
  readonly engine: () => HostedEngine | null;
  /** Whether this is the id of a console window's contents. */
  readonly isOwnWindow: (webContentsId: number) => boolean;
  readonly createChannel: () => Pick<MessageChannelMain, 'port1' | 'port2'>;
  /** Told of each refused sender with the address of its frame. */
  readonly onRefused: (address: string) => void;
}

export interface ConsoleConnections {
  /** Answers one `connect`; on success the port is on its way to the page. Never throws. */
  connect(event: ConnectEvent, ...parameters: readonly unknown[]): ConnectAnswer;
  /** Closes every port, so that each page learns that the engine is gone. */
  closeAll(): void;
}

/** Hands message ports to console pages: one live port a page, each served by the running engine. */
export function createConsoleConnections(options: ConsoleConnectionsOptions): ConsoleConnections {
  const closers = new Map<IpcMainInvokeEvent['sender']['id'], () => void>();

  return {
    connect: (event, ...parameters) => {
      if (!isTrustedSender(event, options.isOwnWindow)) {
        options.onRefused(event.senderFrame?.url ?? '');
        return { ok: false, code: 'SENDER_REFUSED', message: 'Only the console may connect to the engine.' };
      }
      const message = consolePortMessageSchema.safeParse({ kind: consolePortMessageKind, request_id: parameters[0] });
      if (!message.success || parameters.length !== 1) {
        return { ok: false, code: 'BAD_REQUEST', message: 'The request for a connection is malformed.' };
      }
      const engine = options.engine();
      if (engine === null) {
        return { ok: false, code: 'ENGINE_NOT_RUNNING', message: 'The engine is not running.' };
      }
      const page = event.sender.id;
      closers.get(page)?.();
      const { port1, port2 } = options.createChannel();
      const detach = engine.attachConsole(port1);
      const close = (): void => {
        if (closers.get(page) !== close) return;
        closers.delete(page);
        detach();
        port1.close();
      };
      closers.set(page, close);
      port1.on('close', close);
      port1.start();
      const announcement: ConsolePortMessage = message.data;
      event.sender.postMessage(channels.consolePort, announcement, [port2]);
      return { ok: true };
    },
    closeAll: () => {
      for (const close of [...closers.values()]) close();
    },
  };
}
