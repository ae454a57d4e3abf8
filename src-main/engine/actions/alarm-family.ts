/** What kind of trouble an alarm speaks of, after the event types of ITU-T X.733 §8.1.1 made finer for remedies. */
export const alarmFamilies = [
  'power',
  'link',
  'radio',
  'equipment',
  'software',
  'congestion',
  'environment',
  'unknown',
] as const;
export type AlarmFamily = (typeof alarmFamilies)[number];

/** Words of X.733 probable causes and of common vendors, most telling first. */
const words: readonly (readonly [AlarmFamily, RegExp])[] = [
  ['power', /power|mains|rectifier|battery|voltage|supply|ups\b|generator/i],
  ['environment', /temperature|fan\b|cooling|humidity|smoke|fire|door|intrusion|flood|water/i],
  [
    'link',
    /link|fib(?:re|er)|signal|los\b|lof\b|ais\b|carrier|interface|port|path|ber\b|framing|microwave|hop|bgp|ospf|isis|lacp|protocol/i,
  ],
  ['congestion', /congest|overload|threshold|queue|buffer|utili[sz]ation|capacity|bandwidth/i],
  ['radio', /cell|radio|antenna|vswr|sector|rru|rrh|sleeping|transmit|tx\b|sync|clock|gps/i],
  ['software', /software|process|application|configuration|version|database|license|memory|cpu|restart|crash/i],
  ['equipment', /board|card|module|unit|equipment|hardware|processor|disk/i],
];

/** The family of an alarm by its type, probable cause and text; `unknown` where nothing tells. */
export function familyOf(...texts: readonly (string | null)[]): AlarmFamily {
  for (const text of texts) {
    if (text === null || text === '') continue;
    const plain = text.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ');
    const found = words.find(([, pattern]) => pattern.test(plain));
    if (found !== undefined) return found[0];
  }
  return 'unknown';
}
