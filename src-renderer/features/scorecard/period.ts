/** What the scorecard looks at. Custom times as in the address: local, without a zone, to the minute. */
export type PeriodChoice =
  | { readonly kind: '24h' | '7d' }
  | { readonly kind: 'custom'; readonly from: string; readonly to: string };

/** From a moment up to another, in milliseconds since the epoch. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const minute = 60_000;
const hour = 60 * minute;
const lengths = { '24h': 24 * hour, '7d': 7 * 24 * hour } as const;
/** A longer period would be thousands of bars that nobody can tell apart. */
const longest = 31 * 24 * hour;

/** The period of a choice at `now`, or what is wrong with it, in words. Relative periods end with the running minute. */
export function periodOf(choice: PeriodChoice, now: number): Period | string {
  if (choice.kind !== 'custom') {
    const to = Math.ceil(now / minute) * minute;
    return { from: to - lengths[choice.kind], to };
  }
  const from = Date.parse(choice.from);
  const to = Date.parse(choice.to);
  if (Number.isNaN(from) || Number.isNaN(to)) return 'Both a beginning and an end are needed.';
  if (from >= to) return 'The end must come after the beginning.';
  if (to - from > longest) return 'At most 31 days can be looked at in one go.';
  return from > now ? 'This period has not begun yet.' : { from, to };
}

/** The period of the same length right before. */
export function periodBefore({ from, to }: Period): Period {
  return { from: from - (to - from), to: from };
}

/** Local time to the minute, the form of a `datetime-local` field. */
export function toLocalField(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * minute);
  return local.toISOString().slice(0, 16);
}
