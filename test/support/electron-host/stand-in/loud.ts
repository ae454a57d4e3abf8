/** Raised when code under test uses a part of Electron that the stand-in does not have. */
export class OutsideTheSliceError extends Error {
  constructor(name: string) {
    super(`The Electron stand-in has no ${name}; add it to test/support/electron-host or do without it.`);
    this.name = 'OutsideTheSliceError';
  }
}

// Looked up by the language itself (await, printing, tagging), not by the code under test.
const askedByTheLanguage = new Set<PropertyKey>(['then', 'toJSON', 'constructor', 'prototype']);

function readLoudly(name: string, slice: object, key: PropertyKey): unknown {
  if (key in slice) return Reflect.get(slice, key);
  if (typeof key === 'symbol' || askedByTheLanguage.has(key)) return undefined;
  throw new OutsideTheSliceError(`${name}.${String(key)}`);
}

/**
 * An object of Electron's type T that has only the parts in `slice`, each checked against Electron's own declaration.
 * Reading any other part throws and names it. Writing works, so that a test can replace a part.
 */
export function loud<T extends object, K extends keyof T = keyof T>(name: string, slice: Pick<T, K>): T {
  const target: T = Object.create(null);
  Object.defineProperties(target, Object.getOwnPropertyDescriptors(slice));
  return new Proxy(target, { get: (present, key) => readLoudly(name, present, key) });
}

/** A class of Electron's type T with only the statics in `slice`, whose instances `construct` makes. */
export function loudClass<T extends object, K extends keyof T>(
  name: string,
  slice: Pick<T, K>,
  construct: (...parameters: readonly unknown[]) => object,
): T {
  const constructible = function constructible(): void {};
  Object.defineProperties(constructible, Object.getOwnPropertyDescriptors(slice));
  const made: unknown = new Proxy(constructible, {
    construct: (_target, parameters) => construct(...parameters),
    get: (present, key) => readLoudly(name, present, key),
  });
  return trust<T>(made);
}

/** The one place where the stand-in claims a type for what a proxy made. */
function trust<T>(made: unknown): T;
function trust(made: unknown): unknown {
  return made;
}
