/** One term of a query as it was typed. `start` and `end` are positions in the input. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly negated: boolean;
  /** What stands before the colon, in lower case; null for a bare word. */
  readonly field: string | null;
  /** Values separated by commas, quotes removed. */
  readonly values: readonly string[];
  /** A quote was opened and never closed. */
  readonly unclosed: boolean;
}

const space = /\s/u;
const fieldAhead = /^([\p{L}_]+):/u;

/** Cuts a query into terms at blanks outside quotes. Never throws. */
export function tokenize(input: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < input.length) {
    if (space.test(input.charAt(position))) {
      position += 1;
      continue;
    }
    const token = readToken(input, position);
    tokens.push(token);
    position = token.end;
  }
  return tokens;
}

function readToken(input: string, start: number): Token {
  let position = start;
  const negated = input.charAt(position) === '-' && !space.test(input.charAt(position + 1) || ' ');
  if (negated) {
    position += 1;
  }
  const field = fieldAhead.exec(input.slice(position, position + 64))?.[1] ?? null;
  if (field !== null) {
    position += field.length + 1;
  }
  const values: string[] = [];
  let value = '';
  let quoted = false;
  for (; position < input.length; position += 1) {
    const character = input.charAt(position);
    if (character === '"') {
      quoted = !quoted;
    } else if (!quoted && space.test(character)) {
      break;
    } else if (!quoted && field !== null && character === ',') {
      values.push(value);
      value = '';
    } else {
      value += character;
    }
  }
  values.push(value);
  return { start, end: position, negated, field: field?.toLowerCase() ?? null, values, unclosed: quoted };
}
