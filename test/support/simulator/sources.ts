import { vendorsPerRole } from './network/draft.ts';
import type { Role, SimulatedEntity } from './network/model.ts';
import type { Random } from './random.ts';

/** A system that hands alarms over, with the habits that it has. */
export interface Source {
  readonly name: string;
  /** Seconds by which its clock is ahead. */
  readonly skew: number;
  /** Share of alarms that it loses. */
  readonly loss: number;
}

export interface Sources {
  of(entity: SimulatedEntity): Source;
  readonly umbrella: Source | null;
}

type Domain = 'power' | 'transport' | 'radio' | 'fixed' | 'service';

const domainOf: Readonly<Record<Role, Domain>> = {
  region: 'service',
  site: 'power',
  power: 'power',
  power_hub: 'power',
  router: 'transport',
  aggregation: 'transport',
  core: 'transport',
  microwave: 'transport',
  span: 'transport',
  olt: 'fixed',
  customer_area: 'fixed',
  controller: 'radio',
  clock: 'radio',
  baseband: 'radio',
  sector: 'radio',
  cell: 'radio',
  service: 'service',
  emergency_service: 'service',
};

/** Element managers: one per domain and vendor, some with a clock that is minutes off. */
export function createSources(random: Random, skewedShare: number, umbrella: boolean): Sources {
  const table = new Map<string, Source>();
  const make = (name: string): Source => {
    const own = random.fork(name);
    const skewed = own.chance(skewedShare);
    const skew = skewed ? own.between(45, 240) * (own.chance(0.5) ? 1 : -1) : own.normal();
    return { name, skew, loss: own.between(0.02, 0.15) };
  };
  for (const domain of ['power', 'transport', 'radio', 'fixed', 'service'] as const) {
    for (let vendor = 0; vendor < vendorsPerRole; vendor++)
      table.set(`${domain}/${vendor}`, make(`ems-${domain}-${vendor + 1}`));
  }
  const wide = umbrella ? make('umbrella') : null;
  return {
    of: (entity) => {
      const source = table.get(`${domainOf[entity.role]}/${entity.vendor}`);
      if (source === undefined) throw new RangeError(`no source for ${entity.role}`);
      return source;
    },
    umbrella: wide,
  };
}

/** The umbrella system's coarse word for what it hears of a domain, opaque like the rest. */
export function umbrellaType(role: Role): string {
  return `TT${['power', 'transport', 'radio', 'fixed', 'service'].indexOf(domainOf[role]) + 4}00`;
}
