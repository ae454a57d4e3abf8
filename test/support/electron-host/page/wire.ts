/**
 * How values cross between the stand-in and a page: JSON, with bytes marked. Both functions are also sent to the page
 * as text, so each stands alone. Values that a structured clone would carry but this cannot are refused, never changed.
 */
export function encodeWire(value: unknown): string {
  const primitive = (present: unknown): unknown => {
    if (typeof present === 'bigint' || typeof present === 'function' || typeof present === 'symbol')
      throw new Error(`The Electron stand-in cannot carry a ${typeof present}.`);
    if (typeof present === 'number' && !Number.isFinite(present))
      throw new Error(`The Electron stand-in cannot carry ${present}.`);
    return present;
  };
  const mark = (present: unknown): unknown => {
    // As JSON does: null inside a list, no field inside an object.
    if (present === null || present === undefined || typeof present !== 'object') return primitive(present);
    if (present instanceof ArrayBuffer || ArrayBuffer.isView(present)) {
      const bytes =
        present instanceof ArrayBuffer
          ? new Uint8Array(present)
          : new Uint8Array(present.buffer, present.byteOffset, present.byteLength);
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return { $: present instanceof ArrayBuffer ? 'buffer' : 'bytes', base64: btoa(text) };
    }
    if (Array.isArray(present)) return present.map(mark);
    const prototype: unknown = Object.getPrototypeOf(present);
    if (prototype === null || Object.getPrototypeOf(prototype) === null)
      return {
        $: 'object',
        fields: Object.entries(present).flatMap(([key, field]) => (field === undefined ? [] : [[key, mark(field)]])),
      };
    throw new Error(
      `The Electron stand-in cannot carry a value of this kind: ${Object.prototype.toString.call(present)}`,
    );
  };
  return JSON.stringify({ value: mark(value) });
}

/** The value that `encodeWire` made the text from. The caller names its type: both ends of the wire are the stand-in's own. */
export function decodeWire<T>(text: string): T {
  const fromBase64 = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  // Called from the innermost value outwards, so the fields are unmarked already when their object is.
  return JSON.parse(text, (_key, present) => {
    if (Array.isArray(present) || present === null || typeof present !== 'object') return present;
    if (present.$ === 'buffer') return fromBase64(present.base64).buffer;
    if (present.$ === 'bytes') return fromBase64(present.base64);
    return present.$ === 'object' ? Object.fromEntries(present.fields) : present;
  }).value;
}
