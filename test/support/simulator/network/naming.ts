import type { Random } from '../random.ts';
import type { Role } from './model.ts';

export type IdStyle = 'hierarchical' | 'dotted' | 'numeric' | 'opaque';

const shortWords: Readonly<Record<Role, string>> = {
  region: 'REG',
  site: 'SITE',
  power: 'PWR',
  power_hub: 'HUB',
  router: 'RTR',
  aggregation: 'AGG',
  core: 'CORE',
  microwave: 'MW',
  span: 'FIB',
  olt: 'OLT',
  customer_area: 'AREA',
  controller: 'CTL',
  clock: 'CLK',
  baseband: 'BBU',
  sector: 'SEC',
  cell: 'CELL',
  service: 'SVC',
  emergency_service: 'EMG',
};

/** Customary words for TOPOLOGY.json. */
export const customaryTypes: Readonly<Record<Role, string>> = {
  region: 'REGION',
  site: 'SITE',
  power: 'POWER',
  power_hub: 'POWER',
  router: 'ROUTER',
  aggregation: 'ROUTER',
  core: 'ROUTER',
  microwave: 'MICROWAVE',
  span: 'FIBRE',
  olt: 'OLT',
  customer_area: 'CUSTOMER_AREA',
  controller: 'CONTROLLER',
  clock: 'CLOCK',
  baseband: 'BASEBAND',
  sector: 'SECTOR',
  cell: 'CELL',
  service: 'SERVICE',
  emergency_service: 'EMERGENCY_SERVICE',
};

/** Makes identifiers in the operator's manner; none of them twice. */
export function createNaming(style: IdStyle, random: Random): (role: Role, region: number, site: number) => string {
  const counters = new Map<string, number>();
  let serial = random.integer(100_000, 900_000);
  const count = (key: string): number => {
    const next = (counters.get(key) ?? 0) + 1;
    counters.set(key, next);
    return next;
  };
  return (role, region, site) => {
    const word = shortWords[role];
    const place = site < 0 ? '' : String(site).padStart(4, '0');
    switch (style) {
      case 'hierarchical':
        return `R${region}-${place === '' ? '' : `S${place}-`}${word}${count(`${word}${region}/${place}`)}`;
      case 'dotted': {
        const key = `${word}${region}/${place}`;
        return `${word.toLowerCase()}${count(key)}.${place === '' ? '' : `n${place}.`}r${region}.net`;
      }
      case 'numeric':
        serial += random.integer(1, 7);
        return String(serial);
      case 'opaque': {
        serial += 1;
        const scrambled = Math.imul(serial, 0x9e3779b1) >>> 0;
        return `${scrambled.toString(16).padStart(8, '0')}-${serial.toString(36)}`;
      }
    }
  };
}
