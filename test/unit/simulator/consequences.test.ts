import { describe, expect, it } from 'vitest';
import { planFault } from '#test/support/simulator/faults/kinds.ts';
import { type FaultPlan, healthyTransport } from '#test/support/simulator/faults/model.ts';
import { createDraft } from '#test/support/simulator/network/draft.ts';
import { buildSite } from '#test/support/simulator/network/equipment.ts';
import { networkStyles } from '#test/support/simulator/network/styles.ts';
import { createRandom } from '#test/support/simulator/random.ts';

/** A core with a ring of three access sites and a chain of one behind the middle of the ring. */
function smallNetwork() {
  const draft = createDraft(networkStyles.national, createRandom(1, 'small'));
  const core = buildSite(draft, 'core', -1, 0, [50, 10]);
  const [first, middle, last, tail] = [1, 2, 3, 4].map((number) =>
    buildSite(draft, 'router', -1, 1, [50 + number / 10, 10]),
  );
  if (first === undefined || middle === undefined || last === undefined || tail === undefined)
    throw new Error('four sites');
  draft.edge(core.node, first.node, false, 1);
  draft.edge(first.node, middle.node, false, 1);
  draft.edge(middle.node, last.node, false, 1);
  draft.edge(last.node, core.node, false, 1);
  draft.edge(middle.node, tail.node, false);
  return { network: draft.finish(), core, first, middle, last, tail };
}

function unreachable(plan: FaultPlan): number[] {
  return plan.effects
    .filter((effect) => effect.symptom === 'unreachable')
    .map((effect) => effect.entity)
    .sort((a, b) => a - b);
}

describe('consequences of a fault', () => {
  const { network, first, middle, last, tail } = smallNetwork();

  it('takes nothing away when a ring is cut once', () => {
    const plan = planFault(network, { kind: 'link_cut', target: 0 }, healthyTransport);
    expect(unreachable(plan)).toEqual([]);
    expect(plan.effects.filter((effect) => effect.symptom === 'signal_lost').length).toBe(2);
  });

  it('isolates what lies between two cuts of a ring, with what hangs on it', () => {
    const second = planFault(
      network,
      { kind: 'link_cut', target: 3 },
      { deadNodes: new Set(), deadEdges: new Set([0]) },
    );
    expect(unreachable(second)).toEqual([first.node, middle.node, last.node, tail.node]);
  });

  it('isolates the chain behind a dead node, which its neighbours report', () => {
    const plan = planFault(network, { kind: 'node_dead', target: middle.node }, healthyTransport);
    expect(unreachable(plan)).toEqual([middle.node, tail.node]);
    const reporters = plan.effects.filter((effect) => effect.symptom === 'signal_lost').map((effect) => effect.entity);
    expect(reporters).toEqual(expect.arrayContaining([first.node, last.node]));
    expect(plan.roots).toEqual([middle.node]);
  });

  it('goes dark when the battery is empty, not before', () => {
    const plan = planFault(network, { kind: 'site_power', target: tail.power }, healthyTransport);
    const battery = network.entities[tail.power]?.batteryMinutes ?? 0;
    expect(plan.outages).toEqual([{ node: tail.node, edge: -1, delay: battery * 60 + 2 }]);
    expect(plan.effects.find((effect) => effect.symptom === 'mains_fail')?.delay).toBeLessThan(10);
  });
});
