/** Messages between the stand-in and a page's preload world. Both ends are the stand-in's own code. */

/** From the preload's world, through the binding. */
export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly parameters: readonly unknown[] }
  | {
      readonly kind: 'invoke';
      readonly call: number;
      readonly channel: string;
      readonly parameters: readonly unknown[];
    }
  | { readonly kind: 'port-message'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-close'; readonly port: number };

/** To the preload's world. */
export type ToPage =
  | {
      readonly kind: 'answer';
      readonly call: number;
      readonly channel: string;
      /** Text of the error with which the handler failed; null when it did not. */
      readonly error: string | null;
      readonly value: unknown;
    }
  | {
      readonly kind: 'event';
      readonly channel: string;
      readonly parameters: readonly unknown[];
      /** Numbers of the ports that come with the event. */
      readonly ports: readonly number[];
    }
  | { readonly kind: 'port-message'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-close'; readonly port: number };

/** A value as it looks on the other side of the context bridge; functions and promises stay where they are and have a number. */
export type Described =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Described])[] }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'promise'; readonly id: number };

/** A call of an exposed function. */
export interface BridgeCall {
  readonly call: number;
  readonly id: number;
  readonly parameters: readonly (
    | { readonly callback: number }
    | { readonly callback: null; readonly value: unknown }
  )[];
}

/** What the preload's world tells the page's world, by event name. */
export interface BridgeEvents {
  readonly expose: { readonly name: string; readonly api: Described };
  readonly returned: { readonly call: number; readonly result: Described };
  readonly callback: { readonly id: number; readonly parameters: readonly unknown[] };
  readonly settled: { readonly id: number; readonly error: string | null; readonly value: unknown };
}
