import type { NoiseKind } from '#shared/api/noise.ts';

interface KindWords {
  readonly name: string;
  /** What it is, by which definition. */
  readonly meaning: string;
  /** Heading of the column that tells since when. */
  readonly since: string;
  /** Heading of the column that counts; null where nothing is counted. */
  readonly count: string | null;
  readonly none: string;
}

/** How each kind of noise reads. */
export const noiseWords: Readonly<Record<NoiseKind, KindWords>> = {
  flapping: {
    name: 'Flapping',
    meaning:
      'Comes and goes too often, so it is held open as one alarm and counted. It is let go when it has been quiet; what the source said last is its final state.',
    since: 'Held since',
    count: 'Changes',
    none: 'Nothing flaps.',
  },
  chattering: {
    name: 'Chattering',
    meaning:
      'Was raised three or more times within one minute during the last day (ISA-18.2). Worth a longer delay or a wider dead band at the source.',
    since: 'Last chattered',
    count: 'Raises in bursts',
    none: 'Nothing chattered during the last day.',
  },
  stale: {
    name: 'Stale',
    meaning:
      'Has been standing for more than 24 hours without a break (ISA-18.2). Repair it, or shelve it with a reason.',
    since: 'Standing since',
    count: null,
    none: 'Nothing has been standing for a day.',
  },
  shelved: {
    name: 'Shelved',
    meaning: 'Put aside by a person for a time. It comes back by itself.',
    since: 'Since',
    count: null,
    none: 'Nothing is shelved.',
  },
  suppressed: {
    name: 'In maintenance',
    meaning:
      'Covered by a maintenance window. It is kept, counted and correlated, and comes back if it still stands when the window ends.',
    since: 'Raised',
    count: null,
    none: 'No maintenance window suppresses anything.',
  },
};
