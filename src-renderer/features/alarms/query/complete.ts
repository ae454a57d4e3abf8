import { severities } from '#shared/vocabulary/severity.ts';
import { quoteValue } from './edit.ts';
import { isQueryField, type QueryField, queryFields, queryStates } from './fields.ts';
import { tokenize } from './tokens.ts';

/** Something that may be put in place of what is being typed. */
export interface Completion {
  /** What will stand in the query. */
  readonly insert: string;
  readonly hint: string;
  /** The part of the input that it replaces. */
  readonly start: number;
  readonly end: number;
}

/** Values seen in the alarms at hand, most frequent first. */
export type KnownValues = Readonly<Partial<Record<QueryField, readonly string[]>>>;

const most = 8;

/** What may follow at the caret: fields while a word is typed, values after a colon. Best first, at most eight. */
export function completionsAt(input: string, caret: number, known: KnownValues): Completion[] {
  const token = tokenize(input).find((one) => one.start < caret && caret <= one.end);
  if (token === undefined || token.unclosed) {
    return [];
  }
  const typed = input.slice(token.start, caret);
  const colon = typed.indexOf(':');
  const sign = token.negated ? 1 : 0;
  if (colon === -1) {
    return fieldCompletions(typed.slice(sign), token.start + sign, caret);
  }
  const field = token.field;
  if (field === null || !isQueryField(field)) {
    return [];
  }
  const valueStart = Math.max(colon, typed.lastIndexOf(',')) + 1;
  return valueCompletions(field, typed.slice(valueStart), token.start + valueStart, caret, known);
}

function fieldCompletions(word: string, start: number, end: number): Completion[] {
  if (word === '' || word.startsWith('"')) {
    return [];
  }
  const fields = Object.entries(queryFields).filter(([name]) => name.startsWith(word.toLowerCase()));
  return fields.map(([name, hint]) => ({ insert: `${name}:`, hint, start, end }));
}

function valueCompletions(
  field: QueryField,
  word: string,
  start: number,
  end: number,
  known: KnownValues,
): Completion[] {
  const wanted = word.replaceAll('"', '').toLowerCase();
  const candidates = fixedValues(field) ?? known[field] ?? [];
  return candidates
    .filter((value) => value.toLowerCase().includes(wanted) && value.toLowerCase() !== wanted)
    .sort((left, right) => startRank(left, wanted) - startRank(right, wanted))
    .slice(0, most)
    .map((value) => ({ insert: `${quoteValue(value)} `, hint: '', start, end }));
}

function startRank(value: string, wanted: string): number {
  return value.toLowerCase().startsWith(wanted) ? 0 : 1;
}

function fixedValues(field: QueryField): readonly string[] | null {
  switch (field) {
    case 'severity':
      return severities;
    case 'state':
      return queryStates;
    case 'age':
    case 'last':
      return ['<1m', '<10m', '<1h', '>1h', '>1d'];
    case 'repeats':
      return ['>0', '>10', '>100'];
    default:
      return null;
  }
}

/** The input after a completion was taken, and where the caret goes. */
export function applyCompletion(
  input: string,
  completion: Completion,
): { readonly input: string; readonly caret: number } {
  const rest = input.slice(completion.end).replace(/^\s+/u, completion.insert.endsWith(' ') ? '' : ' ');
  return {
    input: `${input.slice(0, completion.start)}${completion.insert}${rest}`,
    caret: completion.start + completion.insert.length,
  };
}
