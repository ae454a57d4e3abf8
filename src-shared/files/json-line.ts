/**
 * Finds the line on which a JSON value begins, so that a schema error in a large file can be reported by line.
 * Used only after an error, on text that `JSON.parse` has accepted.
 */
export function lineOfJsonPath(text: string, path: readonly PropertyKey[]): number {
  let position = skipSpace(text, 0);
  for (const key of path) {
    const inside = enter(text, position, key);
    if (inside === null) break;
    position = inside;
  }
  return lineAt(text, position);
}

/** The line (from 1) that `position` stands on. */
export function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Position of the value under `key` of the object or array that begins at `start`; null where there is none. */
function enter(text: string, start: number, key: PropertyKey): number | null {
  const opening = text[start];
  if (opening !== '{' && opening !== '[') return null;
  let position = skipSpace(text, start + 1);
  for (let index = 0; position < text.length && text[position] !== '}' && text[position] !== ']'; index += 1) {
    let found = opening === '[' && key === index;
    if (opening === '{') {
      const end = skipValue(text, position);
      found = text.slice(position, end) === JSON.stringify(key);
      position = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (found) return position;
    position = skipSpace(text, skipValue(text, position));
    if (text[position] === ',') position = skipSpace(text, position + 1);
  }
  return null;
}

/** Position after the value that begins at `start`. */
function skipValue(text: string, start: number): number {
  let depth = 0;
  let position = start;
  while (position < text.length) {
    const character = text[position];
    if (character === '"') {
      position += 1;
      while (position < text.length && text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      if (depth === 0) return position;
      depth -= 1;
    } else if (depth === 0 && (character === ',' || character === ':')) return position;
    position += 1;
    if (depth === 0 && (character === '"' || character === '}' || character === ']')) return position;
  }
  return position;
}

function skipSpace(text: string, start: number): number {
  let position = start;
  while (position < text.length && ' \n\r\t'.includes(text.charAt(position))) position += 1;
  return position;
}
