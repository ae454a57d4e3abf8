import type { Glob } from '#shared/vocabulary/glob.ts';
import type { Severity } from '#shared/vocabulary/severity.ts';
import type { PatternField, QueryState } from './fields.ts';

export type Comparison = '<' | '<=' | '>' | '>=' | '=';

/** One condition. All conditions of a query must hold. */
export type Condition =
  | { readonly kind: 'words'; readonly needle: string; readonly negated: boolean }
  | { readonly kind: 'text'; readonly needles: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'severity'; readonly anyOf: ReadonlySet<Severity>; readonly negated: boolean }
  | { readonly kind: 'state'; readonly anyOf: ReadonlySet<QueryState>; readonly negated: boolean }
  | {
      readonly kind: 'pattern';
      readonly field: PatternField;
      readonly anyOf: readonly Glob[];
      readonly negated: boolean;
    }
  | {
      readonly kind: 'time';
      readonly field: 'age' | 'last';
      readonly comparison: Comparison;
      readonly milliseconds: number;
      readonly negated: boolean;
    }
  | { readonly kind: 'repeats'; readonly comparison: Comparison; readonly count: number; readonly negated: boolean };

/** What is wrong with one term, in words fit for the screen. `start` and `end` are positions in the input. */
export interface QueryError {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** A parsed query. Terms at fault are left out of `conditions` and named in `errors`. */
export interface Query {
  readonly input: string;
  readonly conditions: readonly Condition[];
  readonly errors: readonly QueryError[];
  /** The answer changes with time alone. */
  readonly usesClock: boolean;
  /** States that the query names itself, so that no default may hide them. */
  readonly namedStates: ReadonlySet<QueryState>;
}
