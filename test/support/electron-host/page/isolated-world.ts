/**
 * Runs in the preload's own world of a page, before the page's scripts. Sent to the page as text, so it uses nothing from outside
 * but the two functions of `wire.ts` and the binding. Answers what a sandboxed preload finds: `require('electron')` and `process`.
 */
import type { BridgeCall, BridgeEvents, Described, FromPage, ToPage } from './messages.ts';
import type { decodeWire as decode, encodeWire as encode } from './wire.ts';

declare const encodeWire: typeof encode;
declare const decodeWire: typeof decode;

export function isolatedWorld(bindingName: string, eventPrefix: string, platform: string) {
  type Listener = (event: { ports: MessagePort[] }, ...parameters: unknown[]) => void;
  type Settle = { resolve: (value: unknown) => void; reject: (error: Error) => void };
  const listeners = new Map<string, Listener[]>();
  const pending = new Map<number, Settle>();
  const ports = new Map<number, MessagePort>();
  let lastCall = 0;

  const post = (message: FromPage): void => {
    const binding: unknown = Reflect.get(globalThis, bindingName);
    if (typeof binding === 'function') binding(encodeWire(message));
  };
  const guarded = (name: string, parts: object): object =>
    new Proxy(parts, {
      get: (present, key) => {
        if (key in present || typeof key === 'symbol') return Reflect.get(present, key);
        throw new Error(`The Electron stand-in has no ${name}.${key} in a preload.`);
      },
    });

  const adoptPort = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = (event) => post({ kind: 'port-message', port: id, data: event.data });
    port1.addEventListener('close', () => {
      if (ports.delete(id)) post({ kind: 'port-close', port: id });
    });
    return port2;
  };

  const receive = (text: string): void => {
    const message = decodeWire<ToPage>(text);
    if (message.kind === 'answer') {
      const waiting = pending.get(message.call);
      pending.delete(message.call);
      if (message.error === null) waiting?.resolve(message.value);
      else waiting?.reject(new Error(`Error invoking remote method '${message.channel}': Error: ${message.error}`));
    } else if (message.kind === 'event') {
      const received = message.ports.map(adoptPort);
      for (const listener of listeners.get(message.channel) ?? []) listener({ ports: received }, ...message.parameters);
    } else if (message.kind === 'port-message') {
      ports.get(message.port)?.postMessage(message.data);
    } else if (message.kind === 'port-close') {
      const port = ports.get(message.port);
      ports.delete(message.port);
      port?.close();
    }
  };
  Reflect.set(globalThis, `${bindingName}Receive`, receive);

  const ipcRenderer = guarded('ipcRenderer', {
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    },
    send: (channel: string, ...parameters: unknown[]) => post({ kind: 'send', channel, parameters }),
    invoke: (channel: string, ...parameters: unknown[]) =>
      new Promise((resolve, reject) => {
        lastCall += 1;
        pending.set(lastCall, { resolve, reject });
        post({ kind: 'invoke', call: lastCall, channel, parameters });
      }),
  });

  const exposed = new Map<number, (...parameters: unknown[]) => unknown>();
  const tell = <Name extends keyof BridgeEvents>(name: Name, detail: BridgeEvents[Name]): void => {
    window.dispatchEvent(new CustomEvent(eventPrefix + name, { detail: encodeWire(detail) }));
  };
  const hold = (callable: (...parameters: unknown[]) => unknown): number => {
    exposed.set(exposed.size + 1, callable);
    return exposed.size;
  };
  const describe = (value: unknown): Described => {
    if (typeof value === 'function') return { kind: 'function', id: hold((...parameters) => value(...parameters)) };
    if (value instanceof Promise) {
      const id = hold(() => undefined);
      value.then(
        (result) => tell('settled', { id, error: null, value: result }),
        (error) => tell('settled', { id, error: String(error?.message ?? error), value: undefined }),
      );
      return { kind: 'promise', id };
    }
    if (typeof value === 'object' && value !== null)
      return { kind: 'object', fields: Object.entries(value).map(([key, field]) => [key, describe(field)]) };
    return { kind: 'value', value };
  };
  window.addEventListener(`${eventPrefix}call`, (event) => {
    if (!(event instanceof CustomEvent)) return;
    const call = decodeWire<BridgeCall>(event.detail);
    const parameters = call.parameters.map((parameter) =>
      parameter.callback === null
        ? parameter.value
        : (...given: unknown[]) => tell('callback', { id: parameter.callback, parameters: given }),
    );
    tell('returned', { call: call.call, result: describe(exposed.get(call.id)?.(...parameters)) });
  });
  const contextBridge = guarded('contextBridge', {
    exposeInMainWorld: (name: string, api: object) => tell('expose', { name, api: describe(api) }),
  });

  return {
    process: guarded('process', { platform }),
    require: (name: string): object => {
      if (name === 'electron') return guarded('electron', { contextBridge, ipcRenderer });
      throw new Error(`module not found: ${name} (a sandboxed preload can load electron only)`);
    },
  };
}
