import { createEmitter, type RawAlarm } from './emit.ts';
import { buildNetwork, type NetworkSize } from './network/build.ts';
import { exportTopology } from './network/export.ts';
import { networkStyles, type StyleName } from './network/styles.ts';
import { createRandom, type Random } from './random.ts';
import type { AlarmLine, Scenario, ScenarioKind, TrueFault } from './scenario.ts';
import { createScheduler, type ScheduledFault, type Scheduler, scheduleEveryday, scheduleStorm } from './schedule.ts';
import { createSources } from './sources.ts';
import { createVocabulary } from './vendors.ts';

export interface SimulationOptions {
  readonly style: StyleName;
  readonly kind: ScenarioKind;
  readonly seed: number;
}

interface Course {
  readonly size: NetworkSize;
  readonly endsAt: number;
  readonly noisePerHour: number;
  readonly faults: (scheduler: Scheduler, random: Random, strength: number) => ScheduledFault[];
  /** Fewer alarms than this, and the course is run again with more strength. */
  readonly leastAlarms: number;
}

/** Some networks have too few big things to break for a full storm. */
const mostStrength = 14;

/** Seconds of ordinary life before a storm breaks. */
const stormAt = 2400;

const courses: Readonly<Record<ScenarioKind, (random: Random) => Course>> = {
  calm: (random) => ({
    size: { regions: random.integer(2, 4), sitesPerRegion: random.integer(25, 45) },
    endsAt: 6 * 3600,
    noisePerHour: 12,
    leastAlarms: 0,
    faults: (scheduler, own) =>
      scheduleEveryday(scheduler, own, { seconds: 5.5 * 3600, faults: 26, coincidence: 0.08 }),
  }),
  mixed: (random) => ({
    size: { regions: random.integer(3, 5), sitesPerRegion: random.integer(35, 55) },
    endsAt: 2 * 3600,
    noisePerHour: 60,
    leastAlarms: 0,
    faults: (scheduler, own) => scheduleEveryday(scheduler, own, { seconds: 1.8 * 3600, faults: 36, coincidence: 0.3 }),
  }),
  storm: (random) => ({
    size: { regions: 7, sitesPerRegion: random.integer(140, 160) },
    endsAt: stormAt + 600,
    noisePerHour: 120,
    leastAlarms: 5400,
    faults: (scheduler, own, strength) => scheduleStorm(scheduler, own, stormAt, 4 + strength),
  }),
};

interface Stage {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly epoch: number;
  readonly base: Pick<Scenario, 'style' | 'seed' | 'topology' | 'model'>;
}

function setStage(style: StyleName, seed: number, size: NetworkSize, random: Random): Stage {
  const manner = networkStyles[style];
  const network = buildNetwork(manner, size, random.fork('network'));
  const model = {
    network,
    vocabulary: createVocabulary(random.fork('vocabulary')),
    sources: createSources(random.fork('sources'), manner.skewedSources, manner.umbrella),
  };
  return {
    scheduler: createScheduler(network, random.fork('schedule')),
    random,
    epoch: Date.UTC(2026, 2, 1) + random.integer(0, 100 * 86400) * 1000,
    base: { style, seed, topology: exportTopology(network, manner, random.fork('export')), model },
  };
}

function record(
  stage: Stage,
  faults: readonly ScheduledFault[],
  endsAt: number,
  noisePerHour: number,
  label: Pick<Scenario, 'name' | 'kind'>,
): Scenario {
  const emitter = createEmitter({
    model: stage.base.model,
    random: stage.random.fork('emit'),
    epoch: stage.epoch,
    endsAt,
  });
  const noise = stage.random.fork('noise');
  const raw: RawAlarm[] = [];
  const trueFaults: TrueFault[] = [];
  for (const [number, fault] of faults.entries()) {
    const { truth, alarms } = emitter.fault(fault, `fault-${number + 1}`);
    if (alarms.length > 0) trueFaults.push(truth);
    for (const alarm of alarms) raw.push(alarm);
  }
  const noiseCount = Math.round((noisePerHour * endsAt) / 3600);
  for (let number = 0; number < noiseCount; number++) {
    const alarm = emitter.noise(noise.between(0, endsAt), `noise-${number + 1}`);
    if (alarm !== null) raw.push(alarm);
  }
  raw.sort((left, right) => left.arrivesAt - right.arrivesAt);
  const faultOf = new Map<string, string>();
  const alarms = raw.map((alarm, position): AlarmLine => {
    const alarmId = `a${position + 1}`;
    faultOf.set(alarmId, alarm.faultId);
    return { alarm_id: alarmId, ...alarm.line };
  });
  const arrivedAt = raw.map((alarm) => Math.round(stage.epoch + alarm.arrivesAt * 1000));
  return { ...stage.base, ...label, alarms, arrivedAt, truth: { faultOf, faults: trueFaults } };
}

/** One labelled recording: the same options give the same recording, byte for byte. */
export function simulate(options: SimulationOptions): Scenario {
  const { style, kind, seed } = options;
  const random = createRandom(seed, `${style}/${kind}`);
  const course = courses[kind](random.fork('course'));
  const stage = setStage(style, seed, course.size, random);
  const label = { name: `${kind}-${style}-${seed}`, kind };
  for (let strength = 0; ; strength++) {
    const faults = course.faults(stage.scheduler, random.fork(`faults/${strength}`), strength);
    const scenario = record(stage, faults, course.endsAt, course.noisePerHour, label);
    if (scenario.alarms.length >= course.leastAlarms || strength === mostStrength) return scenario;
  }
}

/**
 * A long recording of ordinary life in one network, for growth measurements and for learning: at least
 * `alarms` lines, cut off there.
 */
export function simulateHistory(options: {
  readonly style: StyleName;
  readonly seed: number;
  readonly alarms: number;
}): Scenario {
  const random = createRandom(options.seed, `${options.style}/history`);
  const stage = setStage(options.style, options.seed, { regions: 6, sitesPerRegion: 80 }, random);
  const label = { name: `history-${options.style}-${options.seed}`, kind: 'mixed' } as const;
  let faultCount = Math.ceil(options.alarms / 40) + 10;
  for (;;) {
    const seconds = faultCount * 150;
    const faults = scheduleEveryday(stage.scheduler, random.fork(`faults/${faultCount}`), {
      seconds,
      faults: faultCount,
      coincidence: 0.2,
    });
    const whole = record(stage, faults, seconds + 3600, 40, label);
    if (whole.alarms.length >= options.alarms) {
      const alarms = whole.alarms.slice(0, options.alarms);
      const kept = new Set(alarms.map((alarm) => whole.truth.faultOf.get(alarm.alarm_id)));
      const faultOf = new Map([...whole.truth.faultOf].slice(0, options.alarms));
      return {
        ...whole,
        alarms,
        arrivedAt: whole.arrivedAt.slice(0, options.alarms),
        truth: { faultOf, faults: whole.truth.faults.filter((fault) => kept.has(fault.faultId)) },
      };
    }
    faultCount = Math.ceil(faultCount * 1.5);
  }
}
