import { describe, expect, it } from 'vitest';
import { createShownPartition } from '#engine/corrections/shown-partition.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { alarm, sceneStart } from '../correlation/scenes.ts';

describe('the memory of corrections', () => {
  it('holds what stands and what is recent, not what came and went', () => {
    const correlator = createCorrelator();
    const partition = createShownPartition(300_000);
    for (let number = 0; number < 500; number += 1) {
      const at = number * 60;
      const events = [
        { kind: 'raised' as const, alarm: alarm(`a-${number}`, `E${number}`, at) },
        ...(number % 50 === 0
          ? []
          : [{ kind: 'cleared' as const, alarmId: `a-${number}`, at: sceneStart + (at + 30) * 1_000 }]),
      ];
      partition.note(events);
      partition.follow(correlator.apply(events));
    }
    expect(partition.size()).toBe(500);
    partition.forgetBefore(sceneStart + 400 * 60_000);
    // A hundred recent ones, and the eight older ones that stand.
    expect(partition.size()).toBe(108);
    expect(partition.isLive('c-0')).toBe(true);
    expect(partition.isLive('c-1')).toBe(false);
  });
});
