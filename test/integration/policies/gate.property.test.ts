import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothingSkipped, type Skipped } from '#engine/actions/commands/decide-context.ts';
import { executionCheckNames } from '#engine/gate/execution-checks.ts';
import { gateConditionNames } from '#engine/gate/gate-state.ts';
import { life, live, makeCast } from '#test/support/policies/random-lives.ts';

const cast = await makeCast();

/** Lives until something reaches the executor that must not; null when nothing does in so many lives. */
async function firstProblem(skipped: Skipped, lives: number): Promise<string | null> {
  let found: string | null = null;
  const property = fc.asyncProperty(life, async (one) => {
    const { problems } = await live(cast, one, skipped);
    found = problems[0] ?? null;
    return problems.length === 0;
  });
  // The first counterexample is enough: it is not made small.
  const result = await fc.check(property, { numRuns: lives, seed: 20_261_122, endOnFailure: true });
  return result.failed ? found : null;
}

describe('whatever is called in whatever order, with crashes and restarts', () => {
  it('reaches no executor that ADR-001 forbids, and does reach it where everything is green', async () => {
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(life, async (one) => {
        const lived = await live(cast, one, nothingSkipped);
        calls += lived.calls;
        expect(lived.problems).toEqual([]);
      }),
      { numRuns: 300, seed: 4_711 },
    );
    expect(calls).toBeGreaterThan(50);
  }, 120_000);
});

describe('the property above sees it', () => {
  it.each(gateConditionNames)(
    'when the gate forgets "%s"',
    async (name) => {
      expect(await firstProblem({ conditions: new Set([name]), checks: new Set() }, 1_500)).not.toBeNull();
    },
    120_000,
  );

  // Without an executor there is nothing to reach: that check only tells.
  it.each(executionCheckNames.filter((name) => name !== 'executor'))(
    'when an execution forgets "%s"',
    async (name) => {
      expect(await firstProblem({ conditions: new Set(), checks: new Set([name]) }, 1_500)).not.toBeNull();
    },
    120_000,
  );
});
