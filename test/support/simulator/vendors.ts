import type { Severity } from '#shared/vocabulary/severity.ts';
import { type Symptom, symptoms } from './faults/model.ts';
import { vendorsPerRole } from './network/draft.ts';
import { type Role, roles } from './network/model.ts';
import type { Random } from './random.ts';

/** How one vendor reports one symptom of one kind of element. */
export interface VendorCode {
  readonly alarmType: string;
  readonly severity: Severity;
  readonly text: string;
}

export interface Vocabulary {
  codeOf(role: Role, vendor: number, symptom: Symptom): VendorCode;
}

type CodeStyle = 'number' | 'dashed' | 'prefixed' | 'words' | 'trap';

const firstWords = ['Object', 'Resource', 'Unit', 'Path', 'Layer', 'Group', 'Context', 'Channel', 'Function', 'Plane'];
const secondWords = [
  'Unavailable',
  'Disabled',
  'Mismatch',
  'Lost',
  'Threshold',
  'Abnormal',
  'Failure',
  'Timeout',
  'Expired',
  'Blocked',
];

function makeCode(style: CodeStyle, random: Random): string {
  switch (style) {
    case 'number':
      return String(random.integer(20_000, 69_999));
    case 'dashed':
      return `${random.integer(100, 999)}-${String(random.integer(1, 99)).padStart(2, '0')}`;
    case 'prefixed':
      return `ALM-${random.integer(1_000, 29_999)}`;
    case 'words':
      return `${random.pick(firstWords)}${random.pick(secondWords)}${random.integer(1, 9)}`;
    case 'trap':
      return `1.3.6.1.4.1.${random.integer(2_000, 60_000)}.${random.integer(1, 9)}.${random.integer(1, 400)}`;
  }
}

const usualSeverity: Readonly<Record<Symptom, Severity>> = {
  mains_fail: 'major',
  rectifier: 'minor',
  battery_low: 'major',
  unreachable: 'critical',
  signal_lost: 'major',
  protocol_down: 'minor',
  level_low: 'minor',
  hop_down: 'major',
  supply_low: 'minor',
  board_fault: 'critical',
  high_temperature: 'warning',
  environment: 'minor',
  control_lost: 'critical',
  sync_lost: 'minor',
  reference_lost: 'major',
  out_of_service: 'critical',
  degraded: 'warning',
  radio_fault: 'major',
  uplink_down: 'major',
  area_down: 'major',
  service_down: 'critical',
  overload: 'major',
};

const levels: readonly Severity[] = ['critical', 'major', 'minor', 'warning', 'indeterminate'];

/**
 * Opaque codes of several vendors. Nothing in a code tells its meaning, one code may stand for two symptoms,
 * and each vendor has its own opinion of severity.
 */
export function createVocabulary(random: Random): Vocabulary {
  const table = new Map<string, VendorCode>();
  const codeStyles: readonly CodeStyle[] = ['number', 'dashed', 'prefixed', 'words', 'trap'];
  for (const role of roles) {
    for (let vendor = 0; vendor < vendorsPerRole; vendor++) {
      const own = random.fork(`${role}/${vendor}`);
      const style = own.pick(codeStyles);
      const used: string[] = [];
      for (const symptom of symptoms) {
        const again = used.length > 0 && own.chance(0.12) ? own.pick(used) : makeCode(style, own);
        used.push(again);
        const usual = levels.indexOf(usualSeverity[symptom]);
        const shift = own.chance(0.3) ? own.integer(-1, 1) : 0;
        const severity = levels[Math.max(0, Math.min(levels.length - 1, usual + shift))] ?? 'major';
        table.set(`${role}/${vendor}/${symptom}`, {
          alarmType: again,
          severity,
          text: own.chance(0.5) ? `${again} raised` : '',
        });
      }
    }
  }
  return {
    codeOf: (role, vendor, symptom) => {
      const code = table.get(`${role}/${vendor}/${symptom}`);
      if (code === undefined) throw new RangeError(`no code for ${role}/${vendor}/${symptom}`);
      return code;
    },
  };
}
