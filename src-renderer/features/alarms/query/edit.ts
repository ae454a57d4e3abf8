import type { QueryField } from './fields.ts';
import { tokenize } from './tokens.ts';

/** A value as it has to be typed: in quotes when it holds blanks or commas. Quotes inside are dropped; they cannot be typed. */
export function quoteValue(value: string): string {
  const plain = value.replaceAll('"', '');
  return /[\s,]/u.test(plain) || plain === '' ? `"${plain}"` : plain;
}

/** The values that a query asks of a field without negation, in lower case. */
export function valuesOf(input: string, field: QueryField): ReadonlySet<string> {
  const values = tokenize(input)
    .filter((token) => token.field === field && !token.negated)
    .flatMap((token) => token.values);
  return new Set(values.map((value) => value.toLowerCase()));
}

/**
 * Adds a value to the query's term of a field, or takes it out when it is there: what a click on a facet does.
 * The other terms keep their place and spelling.
 */
export function toggleValue(input: string, field: QueryField, value: string): string {
  const token = tokenize(input).find((one) => one.field === field && !one.negated);
  if (token === undefined) {
    return joinTerms([input.trim(), `${field}:${quoteValue(value)}`]);
  }
  const wanted = value.toLowerCase();
  const present = token.values.filter((one) => one.trim() !== '');
  const kept = present.filter((one) => one.toLowerCase() !== wanted);
  const values = kept.length === present.length ? [...present, value] : kept;
  const term = values.length === 0 ? '' : `${field}:${values.map(quoteValue).join(',')}`;
  return joinTerms([input.slice(0, token.start).trim(), term, input.slice(token.end).trim()]);
}

function joinTerms(terms: readonly string[]): string {
  return terms.filter((term) => term !== '').join(' ');
}
