import { compileGlob } from '#shared/vocabulary/glob.ts';
import { type Severity, severities, severityRank } from '#shared/vocabulary/severity.ts';
import { isQueryField, type QueryField, type QueryState, queryFields, queryStates } from './fields.ts';
import type { Comparison, Condition, Query, QueryError } from './query.ts';
import { type Token, tokenize } from './tokens.ts';

const comparisonAhead = /^(<=|>=|<|>|=)?(.*)$/su;
const durationForm = /^(\d+(?:\.\d+)?)(s|m|h|d)$/u;
const unitMilliseconds: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Parses the plain query syntax of the alarm list, for example `severity:critical entity:LON* state:unacked age:<10m "fan"`.
 * Terms are combined with "and", values after a comma with "or"; `-` before a term negates it. Never throws: a term that
 * cannot be understood is left out and named in `errors`.
 */
export function parseQuery(input: string): Query {
  const conditions: Condition[] = [];
  const errors: QueryError[] = [];
  const namedStates = new Set<QueryState>();
  for (const token of tokenize(input)) {
    const outcome = toCondition(token);
    if (typeof outcome === 'string') {
      errors.push({ start: token.start, end: token.end, message: outcome });
      continue;
    }
    conditions.push(outcome);
    if (outcome.kind === 'state' && !outcome.negated) {
      for (const state of outcome.anyOf) {
        namedStates.add(state);
      }
    }
  }
  return { input, conditions, errors, namedStates, usesClock: conditions.some((one) => one.kind === 'time') };
}

/** A condition, or what is wrong. */
function toCondition(token: Token): Condition | string {
  if (token.unclosed) {
    return 'a quote is opened and not closed';
  }
  if (token.field === null) {
    const needle = (token.values[0] ?? '').toLowerCase();
    return needle === '' ? 'there is nothing between the quotes' : { kind: 'words', needle, negated: token.negated };
  }
  if (!isQueryField(token.field)) {
    return `“${token.field}” is not a field; there are ${Object.keys(queryFields).join(', ')}. Put quotes around a text with a colon`;
  }
  const values = token.values.map((value) => value.trim());
  if (values.some((value) => value === '')) {
    return `${token.field}: needs a value (${queryFields[token.field]})`;
  }
  return fieldCondition(token.field, values, token.negated);
}

function fieldCondition(field: QueryField, values: readonly string[], negated: boolean): Condition | string {
  switch (field) {
    case 'severity':
      return severityCondition(values, negated);
    case 'state':
      return stateCondition(values, negated);
    case 'text':
      return { kind: 'text', needles: values.map((value) => value.toLowerCase()), negated };
    case 'age':
    case 'last':
      return timeCondition(field, values, negated);
    case 'repeats':
      return repeatsCondition(values, negated);
    default:
      return { kind: 'pattern', field, anyOf: values.map(compileGlob), negated };
  }
}

function severityCondition(values: readonly string[], negated: boolean): Condition | string {
  const anyOf = new Set<Severity>();
  for (const value of values) {
    const [comparison, word] = splitComparison(value.toLowerCase());
    const named = severities.find((severity) => severity === word);
    if (named === undefined) {
      return `“${value}” is not a severity; there are ${severities.join(', ')}`;
    }
    for (const severity of severities) {
      if (compare(severityRank(severity), comparison ?? '=', severityRank(named))) {
        anyOf.add(severity);
      }
    }
  }
  return { kind: 'severity', anyOf, negated };
}

function stateCondition(values: readonly string[], negated: boolean): Condition | string {
  const anyOf = new Set<QueryState>();
  for (const value of values) {
    const named = queryStates.find((state) => state === value.toLowerCase());
    if (named === undefined) {
      return `“${value}” is not a state; there are ${queryStates.join(', ')}`;
    }
    anyOf.add(named);
  }
  return { kind: 'state', anyOf, negated };
}

function timeCondition(field: 'age' | 'last', values: readonly string[], negated: boolean): Condition | string {
  const value = values[0] ?? '';
  const [comparison, amount] = splitComparison(value);
  const parts = durationForm.exec(amount);
  const unit = unitMilliseconds[parts?.[2] ?? ''];
  if (values.length > 1 || comparison === null || comparison === '=' || parts === null || unit === undefined) {
    return `${field}: needs < or > and a time in s, m, h or d, for example ${field}:<10m; “${values.join(',')}” is not one`;
  }
  return { kind: 'time', field, comparison, milliseconds: Number(parts[1]) * unit, negated };
}

function repeatsCondition(values: readonly string[], negated: boolean): Condition | string {
  const value = values[0] ?? '';
  const [comparison, amount] = splitComparison(value);
  if (values.length > 1 || !/^\d{1,9}$/u.test(amount)) {
    return `repeats: needs a whole number, for example repeats:>5; “${values.join(',')}” is not one`;
  }
  return { kind: 'repeats', comparison: comparison ?? '=', count: Number(amount), negated };
}

function splitComparison(value: string): [Comparison | null, string] {
  const parts = comparisonAhead.exec(value);
  const sign = parts?.[1];
  const rest = (parts?.[2] ?? value).trim();
  return [sign === '<' || sign === '<=' || sign === '>' || sign === '>=' || sign === '=' ? sign : null, rest];
}

/** Whether `left comparison right` holds. */
export function compare(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '=':
      return left === right;
  }
}
