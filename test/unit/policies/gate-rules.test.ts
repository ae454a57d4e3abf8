import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalState, isOver, mayMove } from '#engine/actions/action-rules.ts';
import { familyOf } from '#engine/actions/alarm-family.ts';
import { catalogue, hasWayBack, remedyOf } from '#engine/actions/catalogue.ts';
import { rankOf, rewardOf } from '#engine/decisions/reward.ts';
import {
  afterFailure,
  afterSuccess,
  breakerAllows,
  closedBreaker,
  coolDownMilliseconds,
} from '#engine/executors/circuit-breaker.ts';
import { runSelfTest } from '#engine/gate/self-test.ts';
import { makeCredentials, openCredentials } from '#engine/people/passphrases.ts';
import { actionStates, outcomes } from '#shared/vocabulary/actions.ts';
import { cheapCost, passphrase } from '#test/support/policies/people.ts';

describe('the safety self-test', () => {
  it('holds on this code, gate by gate', () => {
    const { passed, lines } = runSelfTest(1_000_000_000);
    expect(lines.filter((line) => !line.startsWith('held'))).toEqual([]);
    expect(passed).toBe(true);
  });
});

describe('the life of an action', () => {
  it('never leaves what is over, and reaches the executor only from the queue', () => {
    for (const from of actionStates)
      for (const to of actionStates) {
        if (isOver(from)) expect(mayMove(from, to)).toBe(false);
        if (to === 'executing') expect(mayMove(from, to)).toBe(from === 'queued');
      }
  });

  it('counts only different people where two are wanted', () => {
    const by = (kind: 'person' | 'token', id: string) => ({
      actor_kind: kind,
      actor_id: id,
      name: id,
      roles: [],
      at: 0,
      note: '',
    });
    const two = { approvals: 2, approverRoles: [] };
    expect(approvalState(two, [by('person', 'a'), by('person', 'a')]).enough).toBe(false);
    expect(approvalState(two, [by('person', 'a'), by('token', 'b')]).enough).toBe(false);
    expect(approvalState(two, [by('person', 'a'), by('person', 'b')]).enough).toBe(true);
    expect(approvalState({ approvals: 1, approverRoles: [['cto']] }, [by('person', 'a')]).enough).toBe(false);
  });
});

describe('the catalogue', () => {
  it('knows the way back of what it can do from afar, and gives every remedy steps', () => {
    for (const { type, isRemote, steps, undoneBy } of catalogue) {
      expect(steps.length).toBeGreaterThan(0);
      expect(hasWayBack(type)).toBe(isRemote);
      if (undoneBy !== null) expect(remedyOf(undoneBy)).not.toBeNull();
    }
    expect(new Set(catalogue.map(({ type }) => type)).size).toBe(catalogue.length);
  });

  it.each([
    ['MAINS_FAIL', 'power'],
    ['linkDown', 'link'],
    ['LOSS_OF_SIGNAL', 'link'],
    ['CELL_SLEEPING', 'radio'],
    ['highTemperature', 'environment'],
    ['ALM-2204', 'unknown'],
  ])('reads %s as %s', (type, family) => {
    expect(familyOf(type)).toBe(family);
  });
});

describe('a circuit breaker', () => {
  it('opens after two failures or one that made things worse, lets one through after a while, and closes on success', () => {
    const once = afterFailure(closedBreaker, 0, 'no', false);
    expect(breakerAllows(once, 1)).toBe(true);
    const twice = afterFailure(once, 1, 'no', false);
    expect(breakerAllows(twice, 2)).toBe(false);
    expect(breakerAllows(twice, 1 + coolDownMilliseconds)).toBe(true);
    expect(breakerAllows(afterFailure(twice, 5, 'no', false), 6)).toBe(false);
    expect(breakerAllows(afterFailure(closedBreaker, 0, 'no', true), 1)).toBe(false);
    expect(breakerAllows(afterSuccess(), 0)).toBe(true);
  });
});

describe('a reward', () => {
  it('lies between -1 and 1, rises with the outcome, and is the sum of its parts', () => {
    const after = fc.record({
      outcome: fc.constantFrom(...outcomes),
      rating: fc.option(fc.integer({ min: 1, max: 5 })),
      activeBefore: fc.nat({ max: 100 }),
      activeAfter: fc.nat({ max: 100 }),
      breachedPolicy: fc.boolean(),
    });
    fc.assert(
      fc.property(after, (facts) => {
        const { reward, parts } = rewardOf(facts);
        expect(Math.abs(reward)).toBeLessThanOrEqual(1);
        const sum = parts.reduce((total, { value }) => total + value, 0);
        expect(reward).toBeCloseTo(Math.max(-1, Math.min(1, sum)));
        expect(rewardOf({ ...facts, outcome: 'worked' }).reward).toBeGreaterThanOrEqual(
          rewardOf({ ...facts, outcome: 'made_worse' }).reward,
        );
      }),
    );
    expect(rankOf(0.5, 1, [{ similarity: 1, reward: 1 }]).rank).toBeGreaterThan(rankOf(0.5, 1, []).rank);
    expect(rankOf(0.5, 1, [{ similarity: 1, reward: -1 }]).rank).toBeLessThan(rankOf(0.5, 1, []).rank);
  });
});

describe('a passphrase', () => {
  it('opens its key and no other does', async () => {
    const kept = await makeCredentials(passphrase, cheapCost);
    expect((await openCredentials(passphrase, kept))?.asymmetricKeyType).toBe('ed25519');
    expect(await openCredentials(`${passphrase} `, kept)).toBeNull();
    expect(JSON.stringify(kept)).not.toContain(passphrase);
  });
});
