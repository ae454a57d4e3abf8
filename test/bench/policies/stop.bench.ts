import type { Executor } from '#engine/executors/executor.ts';
import { adrId } from '#engine/gate/adr-options.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';
import { labProposal, labTemplate, openLab, tenantId } from '#test/support/policies/decide-lab.ts';
import { labPolicies } from '#test/support/policies/gate-oracle.ts';
import { testPerson } from '#test/support/policies/people.ts';

const queued = 100;
const callMilliseconds = 20;

export const name = 'emergency stop';

/** A hundred actions wait, some are with the executor; then somebody presses stop. */
export async function run(report: BenchReport): Promise<void> {
  const owner = await testPerson('Olga', ['product_owner']);
  const cto = await testPerson('Chen', ['cto']);
  let calls = 0;
  let lastCallAt = 0;
  const executor: Executor = {
    name: 'slow',
    async execute(_order, stop) {
      calls += 1;
      lastCallAt = performance.now();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, callMilliseconds);
        stop.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
      return { kind: stop.aborted ? 'failed' : 'done', message: '' };
    },
  };
  const lab = openLab({ template: labTemplate([owner, cto]), executor, documentHash: () => 'document' });
  await lab.submit({ name: 'adr.choose', option: 'B', reason: 'ready' }, owner.actor);
  for (const [person, role] of [
    [owner, 'product_owner'],
    [cto, 'cto'],
  ] as const) {
    const statement = { tenantId, adrId, option: 'B', role, documentHash: 'document', signedAt: lab.now() } as const;
    const signature = { ...person.sign(statement), signatureId: role };
    await lab.submit({ name: 'adr.sign', signature, documentHash: 'document' }, person.actor);
  }
  await lab.submit({ name: 'policy.put', source: labPolicies.house, note: '', expectedVersion: null }, owner.actor);
  await lab.submit({ name: 'gate.self_test', passed: true, report: [] }, owner.actor);
  const around = { documentHash: 'document', executorConfigured: true };
  for (let number = 0; number < queued; number++) {
    const actionId = `a${number}`;
    const proposal = labProposal(actionId, { type: 'switch_to_protection', entity: `E${(number % 10) + 1}` });
    await lab.submit({ name: 'action.propose', proposals: [proposal] });
    await lab.submit({ name: 'action.approve', actionId, note: '' }, owner.actor);
    await lab.submit({ name: 'action.execute', actionId, around }, owner.actor);
  }
  const working = lab.dispatcher().wake();
  await new Promise((resolve) => setTimeout(resolve, callMilliseconds * 3));
  const before = calls;
  const pressedAt = performance.now();
  await lab.submitHalted({ name: 'gate.stop', reason: 'stop' }, cto.actor);
  const stoppedAt = performance.now();
  await working;
  await lab.dispatcher().wake();
  lab.close();
  if (before === 0 || before >= queued) throw new Error(`${before} calls were made before the stop.`);
  report.figure({
    name: 'from the key to the commit, 100 queued',
    value: stoppedAt - pressedAt,
    unit: 'ms',
    at_most: 1_000,
  });
  report.figure({
    name: 'from the key to the last call of the executor',
    value: Math.max(0, lastCallAt - pressedAt),
    unit: 'ms',
    at_most: 1_000,
  });
  report.figure({ name: 'calls after the stop', value: calls - before, unit: '', at_most: 0 });
}
