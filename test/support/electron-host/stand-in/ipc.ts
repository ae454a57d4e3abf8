import type { IpcMain } from 'electron';
import { loud } from './loud.ts';

/** Keeps the handlers of `ipcMain` and calls them for messages that come from pages. */
export interface StandInIpc {
  readonly ipcMain: IpcMain;
  /** Runs the handler of a channel; rejects as Electron does when there is none. */
  invoke(channel: string, event: object, parameters: readonly unknown[]): Promise<unknown>;
  /** Runs the listener of a channel. */
  send(channel: string, event: object, parameters: readonly unknown[]): void;
}

export function createIpc(): StandInIpc {
  const handlers = new Map<string, unknown>();
  const call = (channel: string, event: object, parameters: readonly unknown[]): unknown => {
    const handler = handlers.get(channel);
    if (typeof handler !== 'function') throw new Error(`No handler registered for '${channel}'`);
    return Reflect.apply(handler, undefined, [event, ...parameters]);
  };
  return {
    ipcMain: loud<IpcMain, 'handle'>('ipcMain', {
      handle: (channel, handler) => {
        if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
        handlers.set(channel, handler);
      },
    }),
    invoke: async (channel, event, parameters) => call(channel, event, parameters),
    send: (channel) => {
      throw new Error(`The Electron stand-in has no ipcMain.on; a page sent to '${channel}'.`);
    },
  };
}
