import type { ObservedAlarm } from '#engine/correlation/causes/attribute-alarms.ts';
import { createRandom, type Random } from '#test/support/simulator/random.ts';

const start = Date.UTC(2026, 0, 1);

export function alarm(entityId: string, alarmType: string, seconds: number): ObservedAlarm {
  return { entityId, alarmType, raisedAt: start + seconds * 1000 };
}

/** Alarms that have nothing to do with anything, spread over entities and time. */
export function strangers(random: Random, types: readonly string[], count: number, seconds: number): ObservedAlarm[] {
  return Array.from({ length: count }, () =>
    alarm(`e${random.integer(1, 20)}`, random.pick(types), random.between(0, seconds)),
  );
}

/** Effects after causes: `cause` strikes at random, and each `effects` entry follows with its chance and lag. */
export function cascade(
  random: Random,
  options: {
    readonly cause: string;
    readonly effects: readonly { readonly type: string; readonly lag: number; readonly chance: number }[];
    readonly times: number;
    readonly seconds: number;
    /** Where the effect shows when the cause stands on an entity; the same one unless told. */
    readonly effectOn?: (entityId: string) => string;
  },
): ObservedAlarm[] {
  const alarms: ObservedAlarm[] = [];
  for (let strike = 0; strike < options.times; strike++) {
    const at = random.between(0, options.seconds);
    const entity = `e${random.integer(1, 20)}`;
    alarms.push(alarm(entity, options.cause, at));
    for (const { type, lag, chance } of options.effects) {
      if (!random.chance(chance)) continue;
      alarms.push(alarm(options.effectOn?.(entity) ?? entity, type, at + lag + random.normal() * lag * 0.1));
    }
  }
  return alarms;
}

export const randomOf = (seed: number): Random => createRandom(seed, 'causes');
