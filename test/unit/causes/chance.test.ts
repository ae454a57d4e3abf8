import { describe, expect, it } from 'vitest';
import { coinTail, fitCausalOrder } from '#engine/correlation/causes/causal-order.ts';
import { logPoissonTail } from '#engine/correlation/causes/chance.ts';
import { binCount, binOf, binWidth, medianLag } from '#engine/correlation/causes/lag-bins.ts';

describe('chance', () => {
  it('gives the upper tail of a Poisson distribution', () => {
    // 1 - e^-1; 1 - e^-1 (1 + 1 + 1/2); the last by the normal approximation's order of magnitude.
    expect(Math.exp(logPoissonTail(1, 1.000001))).toBeCloseTo(1, 5);
    expect(Math.exp(logPoissonTail(2, 1))).toBeCloseTo(1 - Math.exp(-1) * 2, 9);
    expect(Math.exp(logPoissonTail(3, 1))).toBeCloseTo(1 - Math.exp(-1) * 2.5, 9);
    expect(logPoissonTail(5, 0)).toBe(Number.NEGATIVE_INFINITY);
    expect(logPoissonTail(3, 7)).toBe(0);
    expect(logPoissonTail(1000, 10)).toBeLessThan(-3000);
  });

  it('gives the upper tail of a fair coin', () => {
    expect(coinTail(0, 10)).toBe(1);
    expect(coinTail(10, 10)).toBeCloseTo(1 / 1024, 9);
    expect(coinTail(9, 10)).toBeCloseTo(11 / 1024, 9);
  });

  it('sorts lags into bins and reads the median back', () => {
    expect([0, 1, 2, 3, 10, 300].map(binOf)).toEqual([0, 1, 2, 3, 4, binCount - 1]);
    expect(binWidth(0)).toBe(1);
    expect(binWidth(binOf(15))).toBe(10);
    const histogram = new Float64Array(binCount);
    expect(medianLag(histogram)).toBe(0);
    histogram[binOf(15)] = 10;
    expect(medianLag(histogram)).toBe(15);
    histogram[0] = 100;
    expect(medianLag(histogram)).toBe(0);
  });
});

describe('the order of causes', () => {
  it('puts types in the order of their votes and foretells the ones left out', () => {
    const votes = [];
    for (let left = 0; left < 12; left++) {
      for (let right = left + 1; right < 12; right++) votes.push({ left, right, forward: 0.9 });
    }
    const order = fitCausalOrder(12, votes);
    const heights = [...order.heights];
    expect(heights).toEqual(heights.toSorted((one, other) => other - one));
    // Neighbours in the order need their own vote: 55 of 66 pairs have others to speak for them.
    expect(order.accuracy).toBeGreaterThanOrEqual(55 / 66);
    expect(order.isTrusted).toBe(true);
  });

  it('does not trust an order of votes that run in circles', () => {
    const votes = [];
    for (let start = 0; start < 30; start += 3) {
      votes.push({ left: start, right: start + 1, forward: 1 });
      votes.push({ left: start + 1, right: start + 2, forward: 1 });
      votes.push({ left: start, right: start + 2, forward: 0 });
    }
    const order = fitCausalOrder(30, votes);
    expect(order.isTrusted).toBe(false);
    expect(order.accuracy).toBeLessThan(0.5);
  });

  it('has nothing to say without votes', () => {
    expect(fitCausalOrder(3, [])).toMatchObject({ accuracy: 0.5, isTrusted: false });
  });
});
