import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { z } from 'zod';
import type { PolicyFacts } from './policy-facts.ts';

/** The local time that rules are judged by, in the policy's time zone. */
export interface PolicyTime {
  readonly hour: number;
  /** Minutes since midnight. */
  readonly minute_of_day: number;
  /** 1 Monday to 7 Sunday (ISO 8601). */
  readonly weekday: number;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** A condition that was checked, ready to be asked. */
export interface Condition {
  /** Throws when the facts lead it into an error, such as a division by zero. */
  holds(context: ConditionContext): boolean;
}

/** Facts and time in the language's own types, made once for all rules of an evaluation. */
export type ConditionContext = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A condition is not one. `at` is where in its text, from 0. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Functions of the language that end at once. Loops over lists and regular expressions, whose time is not bounded so, are none of them. */
const functions: ReadonlySet<string> = new Set(['size', 'startsWith', 'endsWith', 'contains', 'double', 'int']);

/**
 * The policy language: the Common Expression Language (github.com/google/cel-spec), typed against the facts below and cut
 * down to what always ends: no loops, no regular expressions, at most 200 parts, 24 levels and 200 list elements.
 */
const environment = new Environment({
  limits: { maxAstNodes: 200, maxDepth: 24, maxListElements: 200, maxMapEntries: 1, maxCallArguments: 3 },
})
  .registerVariable({
    name: 'action',
    schema: {
      type: 'string',
      risk: 'string',
      entity_id: 'string',
      entity_type: 'string',
      region: 'string',
      reversible: 'bool',
      automatic: 'bool',
      preventive: 'bool',
    },
  })
  .registerVariable({
    name: 'blast',
    schema: { entities: 'int', emergency_services: 'int', customers: 'int', revenue: 'double', best_tier: 'string' },
  })
  .registerVariable({ name: 'cause', schema: { alarm_type: 'string', confidence: 'double' } })
  .registerVariable({ name: 'cluster', schema: { severity: 'string', alarms: 'int', is_emergency_service: 'bool' } })
  .registerVariable({ name: 'time', schema: { hour: 'int', minute_of_day: 'int', weekday: 'int', date: 'string' } });

const celErrorSchema = z.object({
  summary: z.string().optional(),
  message: z.string(),
  range: z.object({ start: z.number() }).optional(),
});

/** Reads and type-checks a condition. Throws ConditionError with what is wrong and where. */
export function readCondition(text: string): Condition {
  const evaluate = parsed(text);
  refuseLoops(evaluate.ast);
  const checked = evaluate.check();
  if (!checked.valid) throw asConditionError(checked.error);
  if (checked.type !== 'bool')
    throw new ConditionError(`a condition must be true or false, this is ${checked.type}`, 0);
  return { holds: (context) => evaluate(context) === true };
}

function parsed(text: string) {
  try {
    return environment.parse(text);
  } catch (error) {
    throw asConditionError(error);
  }
}

function asConditionError(error: unknown): ConditionError {
  const known = celErrorSchema.safeParse(error);
  if (!known.success) return new ConditionError(String(error), 0);
  const { summary, message, range } = known.data;
  return new ConditionError(summary ?? message.split('\n', 1)[0] ?? message, range?.start ?? 0);
}

function refuseLoops(node: ASTNode): void {
  if (node.op === 'call' || node.op === 'rcall') {
    const name = node.args[0];
    if (!functions.has(name))
      throw new ConditionError(
        `"${name}" is not part of the policy language: no loops, no regular expressions; known are ${[...functions].join(', ')}`,
        node.start,
      );
  }
  for (const child of childrenOf(node)) refuseLoops(child);
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'list':
      return node.args;
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return [...node.args];
  }
}

/** Puts facts into the language's types: whole numbers are integers there. */
export function conditionContext(facts: PolicyFacts, time: PolicyTime): ConditionContext {
  const { blast, cluster } = facts;
  return {
    action: facts.action,
    blast: {
      entities: BigInt(blast.entities),
      emergency_services: BigInt(blast.emergency_services),
      customers: BigInt(blast.customers),
      revenue: blast.revenue,
      best_tier: blast.best_tier,
    },
    cause: facts.cause,
    cluster: { ...cluster, alarms: BigInt(cluster.alarms) },
    time: {
      hour: BigInt(time.hour),
      minute_of_day: BigInt(time.minute_of_day),
      weekday: BigInt(time.weekday),
      date: time.date,
    },
  };
}
