const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

const words = [
  'Nothing',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
];

/** "3,184". */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** "96 %" of a share between 0 and 1. */
export function formatPercent(share: number): string {
  return `${whole.format(share * 100)}\u202f%`;
}

/** "97.9 %": as `formatPercent`, with one digit, for shares that people compare. Never rounds up to 100. */
export function formatExactPercent(share: number): string {
  return `${oneDigit.format(Math.floor(share * 1000) / 10)}\u202f%`;
}

/** Small numbers as words at the start of a sentence: "Six"; larger ones as digits. */
export function numberWord(count: number): string {
  return words[count] ?? whole.format(count);
}

/** "1 alarm", "2 alarms". */
export function plural(count: number, one: string, many: string): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** "41 GB", in powers of a thousand, as disks are sold. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? oneDigit.format(value) : whole.format(value)} ${byteUnits[unit]}`;
}
