/**
 * A pattern in which `*` stands for any run of characters, compared without regard to case. Without `*` the whole value
 * must be equal. Linear in the length of the value, whatever the pattern.
 */
export interface Glob {
  readonly source: string;
  matches(value: string): boolean;
}

/** Compiles a pattern such as `LON*` or `*fan*`. */
export function compileGlob(source: string): Glob {
  const pieces = source.toLowerCase().split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) {
    return { source, matches: (value) => value.toLowerCase() === first };
  }
  const last = pieces.at(-1) ?? '';
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '');
  return {
    source,
    matches(value) {
      const text = value.toLowerCase();
      if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) {
        return false;
      }
      let position = first.length;
      const end = text.length - last.length;
      for (const piece of middle) {
        const found = text.indexOf(piece, position);
        if (found === -1 || found + piece.length > end) {
          return false;
        }
        position = found + piece.length;
      }
      return true;
    },
  };
}
