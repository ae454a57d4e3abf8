/** The two icon containers of Windows and macOS. Both hold PNG images as they are, so no image has to be decoded. */

/**
 * A Windows icon file.
 * @param {ReadonlyMap<number, Buffer>} images square PNGs by side in pixels, at most 256
 * @returns {Buffer}
 */
export function encodeIco(images) {
  const entries = [...images];
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(entries.length, 4);
  let offset = header.length + entries.length * 16;
  const directory = entries.map(([side, png]) => {
    if (side > 256) throw new RangeError(`A Windows icon holds images up to 256 pixels, not ${side}.`);
    const entry = Buffer.alloc(16);
    // 256 does not fit into a byte and is written as 0.
    entry.writeUInt8(side % 256, 0);
    entry.writeUInt8(side % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...directory, ...entries.map(([, png]) => png)]);
}

/** Apple's types for PNG images, by side in pixels; two where a size also serves a denser screen at half the size. */
const icnsTypes = new Map([
  [32, ['ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
]);

/**
 * A macOS icon file.
 * @param {ReadonlyMap<number, Buffer>} images square PNGs by side in pixels; sizes that macOS does not know are left out
 * @returns {Buffer}
 */
export function encodeIcns(images) {
  const elements = [...images].flatMap(([side, png]) =>
    (icnsTypes.get(side) ?? []).map((type) => {
      const head = Buffer.alloc(8);
      head.write(type, 0, 'ascii');
      head.writeUInt32BE(png.length + head.length, 4);
      return Buffer.concat([head, png]);
    }),
  );
  const size = elements.reduce((sum, element) => sum + element.length, 8);
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'ascii');
  head.writeUInt32BE(size, 4);
  return Buffer.concat([head, ...elements]);
}
