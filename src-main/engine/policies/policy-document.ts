import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { roleSchema } from '#shared/vocabulary/actions.ts';
import { timestampSchema, toMilliseconds } from '#shared/vocabulary/time.ts';
import { type Condition, ConditionError, type PolicyTime, readCondition } from './policy-language.ts';
import { isTimeZone, wallClock } from './policy-time.ts';

/** A policy's name: it stands in a file name, too. */
export const policyNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be small letters, digits and dashes, at most 64');

const common = {
  rule: z.string().min(1).max(128),
  /** In the policy language; without it the rule always applies. */
  when: z.string().max(4_096).optional(),
  /** The rule applies from and until these moments; for freezes. */
  from: timestampSchema.optional(),
  until: timestampSchema.optional(),
  because: z.string().min(1).max(1_024),
};

/** One rule. `effect` says what it does where its condition holds. */
const ruleSchema = z.discriminatedUnion('effect', [
  z.strictObject({ ...common, effect: z.literal('allow') }),
  z.strictObject({ ...common, effect: z.literal('forbid') }),
  z.strictObject({ ...common, effect: z.literal('by_hand_only') }),
  z.strictObject({ ...common, effect: z.literal('approvals'), approvals: z.int().min(1).max(5) }),
  z.strictObject({ ...common, effect: z.literal('approver_roles'), roles: z.array(roleSchema).min(1) }),
  z.strictObject({
    ...common,
    effect: z.literal('limit'),
    executions: z.int().min(0).max(10_000),
    per: z.enum(['entity', 'region', 'action_type', 'tenant']),
    minutes: z.int().min(1).max(10_080),
  }),
]);
export type PolicyRuleSource = z.infer<typeof ruleSchema>;

const documentSchema = z.strictObject({
  policy: policyNameSchema,
  description: z.string().max(4_096).default(''),
  /** IANA name of the zone in which `time` is told. */
  time_zone: z.string().refine(isTimeZone, 'is not a time zone of the IANA database').default('UTC'),
  rules: z.array(ruleSchema).min(1).max(2_000),
});

/** A rule that was read and checked. Times are milliseconds since the epoch. */
export interface PolicyRule {
  readonly source: PolicyRuleSource;
  readonly condition: Condition | null;
  readonly from: number;
  readonly until: number;
}

/** A policy that was read and checked. */
export interface PolicyDocument {
  readonly name: string;
  readonly description: string;
  /** The time in the policy's zone. */
  readonly timeAt: (now: number) => PolicyTime;
  readonly rules: readonly PolicyRule[];
}

/** What is wrong in a policy's text; lines and columns from 1. */
export interface PolicyFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type PolicyReading =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

const charactersMax = 1_048_576;
const faultsMax = 50;

/** Reads a policy (YAML 1.2, so JSON too). A broken one is answered with every fault found and its line. */
export function readPolicy(text: string): PolicyReading {
  if (text.length > charactersMax) return refused([{ line: 1, column: 1, message: 'the policy is longer than 1 MiB' }]);
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number, message: string): PolicyFault => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const syntax = yaml.errors.map((error) => place(error.pos[0], error.message));
  if (syntax.length > 0) return refused(syntax);
  const loops: PolicyFault[] = [];
  visit(yaml, (_key, node) => {
    if (isAlias(node))
      loops.push(
        place(node.range?.[0] ?? 0, `"*${node.source}" repeats another part: a policy must not refer to itself`),
      );
  });
  if (loops.length > 0) return refused(loops);

  /** Where the value at a path stands, or the key itself where `isKey`. */
  const offsetOf = (path: readonly PropertyKey[], isKey = false): number => {
    const keys = path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (isKey) {
      const parent = keys.length === 1 ? yaml.contents : yaml.getIn(keys.slice(0, -1), true);
      const pair = isMap(parent)
        ? parent.items.find(({ key }) => (isScalar(key) ? key.value : key) === keys.at(-1))
        : undefined;
      if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
    }
    for (let length = keys.length; length > 0; length--) {
      const node = yaml.getIn(keys.slice(0, length), true);
      if (isNode(node)) return node.range?.[0] ?? 0;
    }
    return yaml.contents?.range?.[0] ?? 0;
  };

  const parsed = documentSchema.safeParse(yaml.toJS());
  if (!parsed.success)
    return refused(
      parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => place(offsetOf([...issue.path, key], true), `unknown field "${key}"`))
          : [place(offsetOf(issue.path), [issue.path.map(String).join('.'), issue.message].filter(Boolean).join(': '))],
      ),
    );

  const faults: PolicyFault[] = [];
  const names = new Set<string>();
  const rules = parsed.data.rules.map((source, index): PolicyRule => {
    if (names.has(source.rule))
      faults.push(place(offsetOf(['rules', index, 'rule']), `there are two rules named "${source.rule}"`));
    names.add(source.rule);
    const from = source.from === undefined ? Number.NEGATIVE_INFINITY : toMilliseconds(source.from);
    const until = source.until === undefined ? Number.POSITIVE_INFINITY : toMilliseconds(source.until);
    if (from >= until) faults.push(place(offsetOf(['rules', index, 'until']), 'until: must be after from'));
    return { source, condition: conditionOf(source, index), from, until };
  });
  function conditionOf(source: PolicyRuleSource, index: number): Condition | null {
    if (source.when === undefined) return null;
    try {
      return readCondition(source.when);
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error;
      faults.push(place(offsetOf(['rules', index, 'when']), `when: ${error.message} (at character ${error.at + 1})`));
      return null;
    }
  }
  if (faults.length > 0) return refused(faults);
  const { policy, description, time_zone } = parsed.data;
  return { ok: true, document: { name: policy, description, timeAt: wallClock(time_zone), rules } };
}

function refused(faults: readonly PolicyFault[]): PolicyReading {
  return { ok: false, faults: faults.slice(0, faultsMax) };
}

/** The faults as one line each. */
export function describeFaults(faults: readonly PolicyFault[]): string {
  return faults.map(({ line, message }) => `line ${line}: ${message}`).join('; ');
}
