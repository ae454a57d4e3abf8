import type { Cluster } from '#engine/correlation/cluster.ts';
import type { RootCauseCandidate } from '#engine/correlation/correlator.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';

/** The judgement of what belongs together. Book-keeping (names, counts, clears, forgetting) is done around it. */
export interface Grouping {
  /** A new alarm, without a cluster until the next `absorb`. */
  admit(alarm: LiveAlarm): void;
  /** Puts every new alarm into a cluster; reconsiders the standing ones when enough is new. */
  absorb(): void;
  /** The alarm grew too old to tie in others, or left; it keeps its cluster. */
  retire(alarm: LiveAlarm): void;
  /** An alarm that already has its cluster becomes known, as after a restart or a change of topology. */
  readmit(alarm: LiveAlarm): void;
  /** Reconsiders everything that is still open. */
  settle(): void;
  /** Never empty; likeliest first. */
  candidatesOf(cluster: Cluster): readonly RootCauseCandidate[];
}
