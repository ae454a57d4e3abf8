/**
 * Runs in the page's own world before its scripts: builds what the preload exposes. Calls cross to the preload's world as text in
 * events, synchronously, as through Electron's context bridge. Sent to the page as text together with `wire.ts`.
 */
import type { BridgeCall, BridgeEvents, Described } from './messages.ts';
import type { decodeWire as decode, encodeWire as encode } from './wire.ts';

declare const encodeWire: typeof encode;
declare const decodeWire: typeof decode;

export function mainWorld(eventPrefix: string): void {
  const callbacks = new Map<number, (...parameters: unknown[]) => void>();
  const promises = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const results = new Map<number, Described>();
  let lastCall = 0;

  const listen = <Name extends keyof BridgeEvents>(name: Name, handle: (detail: BridgeEvents[Name]) => void): void => {
    window.addEventListener(eventPrefix + name, (event) => {
      if (event instanceof CustomEvent) handle(decodeWire<BridgeEvents[Name]>(event.detail));
    });
  };
  const build = (description: Described): unknown => {
    if (description.kind === 'value') return description.value;
    if (description.kind === 'object')
      return Object.freeze(Object.fromEntries(description.fields.map(([name, field]) => [name, build(field)])));
    if (description.kind === 'promise')
      return new Promise((resolve, reject) => {
        promises.set(description.id, { resolve, reject });
      });
    return (...parameters: unknown[]) => {
      lastCall += 1;
      const call = lastCall;
      const sent = parameters.map((parameter) => {
        if (typeof parameter !== 'function') return { callback: null, value: parameter };
        const callback = callbacks.size + 1;
        callbacks.set(callback, (...given) => parameter(...given));
        return { callback };
      });
      const message: BridgeCall = { call, id: description.id, parameters: sent };
      const detail = encodeWire(message);
      window.dispatchEvent(new CustomEvent(`${eventPrefix}call`, { detail }));
      const result = results.get(call);
      results.delete(call);
      return result === undefined ? undefined : build(result);
    };
  };
  listen('expose', ({ name, api }) =>
    Object.defineProperty(window, name, { value: build(api), writable: false, configurable: false, enumerable: true }),
  );
  listen('returned', ({ call, result }) => results.set(call, result));
  listen('callback', ({ id, parameters }) => callbacks.get(id)?.(...parameters));
  listen('settled', ({ id, error, value }) => {
    const promise = promises.get(id);
    promises.delete(id);
    if (error === null) promise?.resolve(value);
    else promise?.reject(new Error(error));
  });
}
