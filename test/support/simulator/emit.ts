import { planFault } from './faults/kinds.ts';
import type { Effect, FaultPlan, Symptom } from './faults/model.ts';
import { entityAt, type Role, type SimulatedEntity } from './network/model.ts';
import type { Random } from './random.ts';
import type { AlarmLine, FaultModel, TrueFault } from './scenario.ts';
import type { ScheduledFault } from './schedule.ts';
import { umbrellaType } from './sources.ts';

/** An alarm with its truth, before it is numbered. Times in seconds from the start of the recording. */
export interface RawAlarm {
  readonly line: Omit<AlarmLine, 'alarm_id'>;
  readonly faultId: string;
  readonly arrivesAt: number;
}

export interface Recording {
  readonly model: FaultModel;
  readonly random: Random;
  /** Milliseconds since the epoch at second 0. */
  readonly epoch: number;
  /** Nothing that happens later is recorded. */
  readonly endsAt: number;
}

interface Standing {
  /** True if the same condition is not yet standing; remembers it until `until`. */
  open(key: string, at: number, until: number): boolean;
}

function createStanding(): Standing {
  const until = new Map<string, number>();
  return {
    open: (key, at, end) => {
      const standing = until.get(key);
      if (standing !== undefined && standing > at) return false;
      until.set(key, end);
      return true;
    },
  };
}

const ordinarySymptoms: Readonly<Partial<Record<Role, readonly Symptom[]>>> = {
  power: ['rectifier', 'battery_low', 'high_temperature'],
  site: ['environment'],
  router: ['protocol_down', 'signal_lost', 'high_temperature', 'board_fault'],
  aggregation: ['protocol_down', 'signal_lost'],
  microwave: ['level_low', 'hop_down'],
  olt: ['uplink_down', 'high_temperature', 'board_fault'],
  customer_area: ['area_down'],
  baseband: ['supply_low', 'sync_lost', 'degraded', 'high_temperature', 'control_lost'],
  sector: ['radio_fault', 'out_of_service'],
  cell: ['degraded', 'out_of_service'],
  controller: ['overload'],
  service: ['service_down'],
};

/** Turns faults and noise into the lines that the sources would have handed over. */
export function createEmitter(recording: Recording): {
  fault(fault: ScheduledFault, faultId: string): { readonly truth: TrueFault; readonly alarms: readonly RawAlarm[] };
  noise(at: number, faultId: string): RawAlarm | null;
} {
  const { model, random, epoch, endsAt } = recording;
  const { network, vocabulary, sources } = model;
  const standing = createStanding();
  let outages: { node: number; edge: number; from: number; until: number }[] = [];
  const noisy: readonly SimulatedEntity[] = network.entities.filter(
    (entity) => ordinarySymptoms[entity.role] !== undefined,
  );

  const stamp = (seconds: number): string => new Date(Math.round((epoch + seconds * 1000) / 100) * 100).toISOString();
  const arrival = (at: number): number =>
    at + random.between(0.5, 4) + (random.chance(0.03) ? random.between(60, 900) : 0);

  const say = (
    entity: SimulatedEntity,
    symptom: Symptom,
    detail: string,
    at: number,
    clearedAt: number,
    faultId: string,
  ): RawAlarm[] => {
    const source = sources.of(entity);
    const code = vocabulary.codeOf(entity.role, entity.vendor, symptom);
    const result: RawAlarm[] = [];
    if (at > endsAt || random.chance(source.loss)) return result;
    if (!standing.open(`${entity.index}/${code.alarmType}/${detail}`, at, clearedAt)) return result;
    const text = code.text === '' ? {} : { text: code.text };
    const line = (seconds: number): RawAlarm['line'] => ({
      entity_id: entity.id,
      alarm_type: code.alarmType,
      severity: code.severity,
      raised_at: stamp(seconds + source.skew),
      ...(clearedAt < endsAt ? { cleared_at: stamp(clearedAt + source.skew) } : {}),
      source_system: source.name,
      specific_problem: detail,
      ...text,
    });
    result.push({ line: line(at), faultId, arrivesAt: arrival(at) });
    if (random.chance(0.03)) {
      for (
        let again = at + random.between(240, 600);
        again < Math.min(clearedAt, endsAt, at + 1900);
        again += random.between(240, 600)
      ) {
        result.push({ line: line(again), faultId, arrivesAt: arrival(again) });
      }
    }
    const { umbrella } = sources;
    if (umbrella !== null && entity.site >= 0 && random.chance(0.3)) {
      const site = entityAt(network, entity.site);
      const copyAt = at + random.between(15, 80);
      const type = umbrellaType(entity.role);
      if (copyAt < endsAt && standing.open(`${site.index}/umbrella/${type}`, copyAt, clearedAt)) {
        const copy: RawAlarm['line'] = {
          entity_id: site.id,
          alarm_type: type,
          severity: 'major',
          raised_at: stamp(copyAt + umbrella.skew),
          ...(clearedAt < endsAt ? { cleared_at: stamp(clearedAt + umbrella.skew) } : {}),
          source_system: umbrella.name,
          specific_problem: '',
        };
        result.push({ line: copy, faultId, arrivesAt: arrival(copyAt) });
      }
    }
    return result;
  };

  const sayEffect = (effect: Effect, fault: ScheduledFault, faultId: string): RawAlarm[] => {
    const entity = entityAt(network, effect.entity);
    const endOfFault = fault.startsAt + fault.lasts;
    const result: RawAlarm[] = [];
    for (let copy = 0; copy < effect.copies; copy++) {
      const at = fault.startsAt + Math.max(0, effect.delay + copy * effect.period + effect.spread * random.normal());
      if (at >= endOfFault) break;
      const forgotten = random.chance(0.1) ? 4 * 3600 : 0;
      const clearedAt =
        copy + 1 < effect.copies ? at + effect.period * 0.5 : endOfFault + random.between(1, 60) + forgotten;
      result.push(...say(entity, effect.symptom, effect.detail, at, clearedAt, faultId));
    }
    return result;
  };

  return {
    fault: (fault, faultId) => {
      outages = outages.filter((outage) => outage.until > fault.startsAt);
      const now = outages.filter((outage) => outage.from <= fault.startsAt);
      const plan: FaultPlan = planFault(network, fault, {
        deadNodes: new Set(now.map((outage) => outage.node).filter((node) => node >= 0)),
        deadEdges: new Set(now.map((outage) => outage.edge).filter((edge) => edge >= 0)),
      });
      for (const outage of plan.outages) {
        if (outage.delay >= fault.lasts) continue;
        outages.push({ ...outage, from: fault.startsAt + outage.delay, until: fault.startsAt + fault.lasts });
      }
      const root = plan.roots[0] ?? -1;
      const rootId = entityAt(network, root).id;
      const heard = plan.effects
        .filter((effect) => random.chance(effect.probability) && !(fault.silent && effect.entity === root))
        .toSorted((left, right) => left.delay - right.delay);
      return {
        truth: {
          faultId,
          kind: fault.kind,
          rootEntityId: rootId,
          acceptedRoots: new Set(plan.roots.map((index) => entityAt(network, index).id)),
          startedAt: Math.round(epoch + fault.startsAt * 1000),
        },
        alarms: heard.flatMap((effect) => sayEffect(effect, fault, faultId)),
      };
    },
    noise: (at, faultId) => {
      const entity = random.pick(noisy);
      const usual: readonly Symptom[] = ordinarySymptoms[entity.role] ?? ['degraded'];
      const symptom = random.pick(usual);
      // Without an umbrella copy or reminder: a noise alarm is alone by definition.
      return (
        say(
          entity,
          symptom,
          random.chance(0.5) ? '' : `unit ${random.integer(0, 9)}`,
          at,
          at + random.between(30, 2400),
          faultId,
        )[0] ?? null
      );
    },
  };
}
