import fc from 'fast-check';
import { remedyOf } from '#engine/actions/catalogue.ts';
import type { Skipped } from '#engine/actions/commands/decide-context.ts';
import type { Executor, ExecutorAnswer } from '#engine/executors/executor.ts';
import { type AdrOption, adrId } from '#engine/gate/adr-options.ts';
import type { SigningRole } from '#engine/gate/signatures.ts';
import { type Lab, labProposal, labTemplate, openLab, tenantId } from './decide-lab.ts';
import { createOracle, type LabPolicy, labPolicies } from './gate-oracle.ts';
import { type TestPerson, testPerson } from './people.ts';

/** Everybody of the random lives. The double holds both signing roles. */
export interface Cast {
  readonly owner: TestPerson;
  readonly cto: TestPerson;
  readonly double: TestPerson;
  readonly operator: TestPerson;
  readonly template: Buffer;
}

export async function makeCast(): Promise<Cast> {
  const owner = await testPerson('Olga', ['product_owner', 'admin']);
  const cto = await testPerson('Chen', ['cto']);
  const double = await testPerson('Dana', ['product_owner', 'cto', 'admin']);
  const operator = await testPerson('Omar', ['operator']);
  return { owner, cto, double, operator, template: labTemplate([owner, cto, double, operator]) };
}

type Who = 'owner' | 'cto' | 'double' | 'operator';
const who = fc.constantFrom<Who>('owner', 'cto', 'double', 'operator');
const slot = fc.nat({ max: 3 });
const types = ['switch_to_protection', 'restart_cell', 'open_ticket', 'restore_power'] as const;

/** One thing that somebody does, or that happens. */
const step = fc.oneof(
  // Turns of fortune that rarely come about by chance: it fails and fails again, the rules change at the last moment.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('signTwice' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('burn' as const), type: fc.constantFrom(...types) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('latePolicy' as const),
      policy: fc.constantFrom<LabPolicy>('pair', 'strict'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('changeOfMind' as const),
      on: fc.boolean(),
      share: fc.constantFrom(0, 0.1, 1),
      type: fc.constantFrom(...types),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      type: fc.constantFrom(...types),
      entity: fc.integer({ min: 1, max: 3 }),
      emergency: fc.boolean(),
      approvers: fc.constantFrom<readonly Who[]>(['owner', 'cto'], ['operator'], ['cto'], []),
    }),
  },

  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('propose' as const),
      type: fc.constantFrom(...types),
      entity: fc.integer({ min: 1, max: 3 }),
      emergency: fc.boolean(),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('approve' as const),
      slot,
      who: fc.oneof(who, fc.constant('token' as const)),
    }),
  },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('execute' as const), slot }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('wake' as const),
      answer: fc.constantFrom<ExecutorAnswer['kind']>('done', 'failed', 'retry', 'retry'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      slot,
      outcome: fc.constantFrom('worked' as const, 'made_worse' as const, 'did_not_work' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reject' as const), slot }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('sign' as const),
      who,
      role: fc.constantFrom<SigningRole>('product_owner', 'cto'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('forge' as const),
      who,
      role: fc.constantFrom<SigningRole>('product_owner', 'cto'),
      genuine: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('edit' as const), text: fc.constantFrom('original', 'edited', null) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('choose' as const),
      option: fc.constantFrom<AdrOption>('A', 'B', 'B', 'C'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      policy: fc.constantFrom<LabPolicy>('house', 'strict', 'pair', 'hand'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('withdraw' as const),
      policy: fc.constantFrom<LabPolicy>('house', 'strict', 'strict', 'pair'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('selfTest' as const), passed: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('autonomy' as const),
      on: fc.boolean(),
      all: fc.boolean(),
      share: fc.constantFrom(0, 0.1, 1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.constantFrom(1, 40, 200, 1_500) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disable' as const), who, off: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What makes the gate green; each part is usually there, so that what is missing is often just one thing. */
const beginning = fc
  .noBias(fc.tuple(...Array.from({ length: 6 }, () => fc.integer({ min: 0, max: 9 }))))
  .map((dice): Step[] => {
    const usual: Step[] = [
      { do: 'choose', option: 'B' },
      { do: 'sign', who: 'owner', role: 'product_owner' },
      { do: 'sign', who: 'cto', role: 'cto' },
      { do: 'put', policy: 'house' },
      { do: 'selfTest', passed: true },
      { do: 'autonomy', on: true, all: true, share: 1 },
    ];
    return usual.filter((_, index) => (dice[index] ?? 0) > 0);
  });

export interface Life {
  readonly beginning: readonly Step[];
  readonly steps: readonly Step[];
  /** How many steps are under way at the same time, step after step. */
  readonly together: readonly number[];
  /** How calls interleave, and when the writer crashes. */
  readonly disturbances: readonly number[];
}

/** A life of an engine: calls in random order, some at the same time, with crashes and restarts between. */
export const life: fc.Arbitrary<Life> = fc.record({
  beginning,
  steps: fc.noBias(fc.array(step, { minLength: 6, maxLength: 24 })),
  together: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 }),
  disturbances: fc.array(fc.nat({ max: 59 }), { minLength: 16, maxLength: 16 }),
});

/** Lives it. Answers what reached the executor although it must not have, and how often an executor was reached. */
export async function live(cast: Cast, { beginning: first, steps, together, disturbances }: Life, skipped: Skipped) {
  const problems: string[] = [];
  let calls = 0;
  let disturbed = 0;
  let isCalm = true;
  let answer: ExecutorAnswer['kind'] = 'done';
  const proposed: string[] = [];
  let tokens = 0;

  const executor: Executor = {
    name: 'recorder',
    async execute(order) {
      calls += 1;
      const problem = oracle.problemOf(order);
      if (problem !== null) problems.push(`${order.actionType}: ${problem}`);
      await turns(order.attempt);
      return { kind: answer, message: answer };
    },
  };
  const lab: Lab = openLab({
    template: cast.template,
    executor,
    skipped,
    documentHash: () => oracle.document(),
    onCommit: (command, result, actor) => {
      if (command.name === 'execution.begin') observe();
      oracle.noteCommit(command, result, actor);
    },
    disturb: async () => {
      const dice = disturbances[disturbed++ % disturbances.length] ?? 0;
      await turns(dice % 4);
      if (isCalm) return 'nothing';
      return dice === 58 ? 'crash before commit' : dice === 59 ? 'crash after commit' : 'nothing';
    },
  });
  const oracle = createOracle(lab.now);
  const observe = () => observeStore(lab, oracle);
  const around = () => ({ documentHash: oracle.document(), executorConfigured: true });
  const idAt = (index: number) => proposed.at(-1 - (index % Math.max(1, proposed.length))) ?? 'none';

  const propose = (one: { readonly type: string; readonly entity: number; readonly emergency: boolean }) => {
    const actionId = `a${proposed.length + 1}`;
    proposed.push(actionId);
    const fields = { type: one.type, entity: `E${one.entity}`, emergency: one.emergency && one.entity === 1 };
    return lab.submit({ name: 'action.propose', proposals: [labProposal(actionId, fields)] });
  };

  const take = async (one: Step): Promise<unknown> => {
    switch (one.do) {
      case 'propose':
        return propose(one);
      case 'push': {
        await propose(one);
        const actionId = idAt(0);
        for (const approver of one.approvers)
          await lab.submit({ name: 'action.approve', actionId, note: '' }, cast[approver].actor);
        return lab.submit({ name: 'action.execute', actionId, around: around() }, cast.operator.actor);
      }
      case 'signTwice': {
        // One person's two genuine signatures, written past the engine, which refuses the second.
        for (const role of ['product_owner', 'cto'] as const)
          await take({ do: 'forge', who: 'double', role, genuine: true });
        await take({
          do: 'push',
          type: 'switch_to_protection',
          entity: 2,
          emergency: false,
          approvers: ['owner', 'cto'],
        });
        return take({ do: 'wake', answer: 'done' });
      }
      case 'burn':
        for (let round = 0; round < 3; round++) {
          await take({ do: 'push', type: one.type, entity: 2, emergency: false, approvers: ['owner', 'cto'] });
          await take({ do: 'wake', answer: 'failed' });
        }
        return undefined;
      case 'latePolicy':
        await take({ do: 'withdraw', policy: one.policy });
        await propose({ type: 'switch_to_protection', entity: 3, emergency: false });
        await take({ do: 'approve', slot: 0, who: 'operator' });
        await take({ do: 'put', policy: one.policy });
        await take({ do: 'execute', slot: 0 });
        await take({ do: 'wake', answer: 'done' });
        return take({ do: 'withdraw', policy: one.policy });
      case 'changeOfMind':
        await propose({ type: one.type, entity: 3, emergency: false });
        await take({ do: 'tick' });
        await take({ do: 'autonomy', on: one.on, all: false, share: one.share });
        await take({ do: 'wake', answer: 'done' });
        return take({ do: 'autonomy', on: true, all: true, share: 1 });
      case 'approve': {
        const token = { kind: 'token' as const, id: `t${++tokens % 2}`, name: 'script', roles: [] };
        const actor = one.who === 'token' ? token : cast[one.who].actor;
        return lab.submit({ name: 'action.approve', actionId: idAt(one.slot), note: '' }, actor);
      }
      case 'execute':
        return lab.submit({ name: 'action.execute', actionId: idAt(one.slot), around: around() }, cast.operator.actor);
      case 'wake':
        answer = one.answer;
        return lab.dispatcher().wake();
      case 'tick':
        return lab.submit({ name: 'action.tick', around: around() });
      case 'report':
        return lab.submit(
          { name: 'action.outcome', actionId: idAt(one.slot), outcome: one.outcome, note: '', rating: null },
          cast.operator.actor,
        );
      case 'reject':
        return lab.submit({ name: 'action.reject', actionId: idAt(one.slot), reason: 'no' }, cast.operator.actor);
      case 'sign': {
        const signature = signatureOf(cast[one.who], one.role);
        return lab.submit({ name: 'adr.sign', signature, documentHash: oracle.document() }, cast[one.who].actor);
      }
      case 'forge': {
        // Somebody writes past the engine: a row with a foreign signature, or one person's genuine second one.
        const real = signatureOf(cast[one.who], one.role);
        const forged = one.genuine ? real : { ...real, signature: signatureOf(cast.operator, one.role).signature };
        lab.tamperSignature(forged);
        oracle.addSignature(forged, one.genuine);
        return undefined;
      }
      case 'revoke':
        return lab.submitHalted({ name: 'adr.revoke', reason: 'no' }, cast.operator.actor);
      case 'edit':
        oracle.edit(one.text);
        return undefined;
      case 'choose':
        return lab.submitHalted({ name: 'adr.choose', option: one.option, reason: 'so' }, cast.owner.actor);
      case 'stop':
        return lab.submitHalted({ name: 'gate.stop', reason: 'stop' }, cast.operator.actor);
      case 'release':
        return lab.submit({ name: 'gate.release', reason: 'go on' }, cast.operator.actor);
      case 'put':
        return lab.submit(
          { name: 'policy.put', source: labPolicies[one.policy], note: '', expectedVersion: null },
          cast.owner.actor,
        );
      case 'withdraw':
        return lab.submit({ name: 'policy.withdraw', policy: one.policy, reason: 'no' }, cast.owner.actor);
      case 'selfTest':
        return lab.submit({ name: 'gate.self_test', passed: one.passed, report: [] }, cast.owner.actor);
      case 'autonomy':
        return lab.submit(
          {
            name: 'gate.autonomy',
            optedIn: one.on,
            allowedTypes: one.all ? types.filter((type) => remedyOf(type)?.isRemote === true) : ['restart_cell'],
            rolloutShare: one.share,
            reason: 'so',
          },
          cast.owner.actor,
        );
      case 'pass':
        lab.pass(one.minutes);
        return undefined;
      case 'disable':
        return lab.submitHalted(
          {
            name: 'person.change',
            operatorId: cast[one.who].actor.id,
            roles: null,
            credentials: null,
            disabled: one.off,
          },
          cast.owner.actor,
        );
      case 'restart':
        return lab.restart();
    }
  };
  const signatureOf = (person: TestPerson, role: SigningRole) => ({
    ...person.sign({
      tenantId,
      adrId,
      option: 'B',
      role,
      documentHash: oracle.document() ?? '',
      signedAt: lab.now() + ++disturbed,
    }),
    signatureId: `s${disturbed}-${calls}-${proposed.length}-${Math.abs(signatures++)}`,
  });
  let signatures = 0;

  try {
    for (const one of first) await take(one);
    isCalm = false;
    for (let index = 0, group = 0; index < steps.length; group += 1) {
      const size = together[group % together.length] ?? 1;
      await Promise.allSettled(steps.slice(index, index + size).map(take));
      index += size;
    }
    isCalm = true;
    await Promise.allSettled([lab.dispatcher().wake()]);
  } finally {
    lab.close();
  }
  return { problems, calls };
}

/** Lets others run so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

function observeStore(lab: Lab, oracle: ReturnType<typeof createOracle>): void {
  const { client } = lab.unit;
  const rows = client
    .prepare<
      [],
      {
        id: string;
        action: string;
        automatic: number;
        undoes: string | null;
        type: string;
        entity: string;
        region: string;
      }
    >(
      `SELECT e.execution_id AS id, e.action_id AS action, e.is_automatic AS automatic, a.undoes, e.action_type AS type, e.entity_id AS entity, e.region
       FROM executions e JOIN actions a ON a.action_id = e.action_id`,
    )
    .all();
  const breakers = client
    .prepare<[], { key: string; failures: number; openedAt: number | null }>(
      `SELECT action_type || ' ' || region AS key, failures, opened_at AS openedAt FROM breakers`,
    )
    .all();
  oracle.see(
    rows.map((row) => ({ ...row, automatic: row.automatic === 1 })),
    breakers,
  );
}
