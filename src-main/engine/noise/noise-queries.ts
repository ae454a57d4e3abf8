import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { NoiseKind, NoisyAlarm } from '#shared/api/noise.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { AlarmRow } from '../alarms/alarm-rules.ts';
import { alarmToWire } from '../alarms/alarm-wire.ts';
import { alarms } from '../alarms/alarms.schema.ts';
import type { ReadUnit } from '../store/database.ts';

/** ISA-18.2 / EEMUA 191, as restated by public sources: an alarm that stands for more than 24 hours without a break is stale. */
export const staleAfterMilliseconds = 86_400_000;
/** An alarm is listed as chattering for so long after it last did. */
export const chatterListedMilliseconds = 86_400_000;
/** Lists of noise are to be worked off, not to be paged through. */
export const listedAtMost = 1_000;

const json = (path: string) => sql<number | null>`json_extract(${alarms.noise}, ${`$.${path}`})`;

function isNoisy(kind: NoiseKind, now: number): SQL | undefined {
  const isLive = eq(alarms.isLive, true);
  const isStanding = eq(alarms.isCleared, false);
  switch (kind) {
    case 'shelved':
      return and(isLive, sql`${alarms.shelvedUntil} > ${now}`);
    case 'suppressed':
      return and(isLive, sql`${alarms.noise} IS NOT NULL`, sql`${json('suppressed_by')} IS NOT NULL`);
    case 'flapping':
      return and(sql`${alarms.noise} IS NOT NULL`, sql`${json('flaps.flapping_since')} IS NOT NULL`);
    case 'chattering':
      return and(
        sql`${alarms.noise} IS NOT NULL`,
        sql`${json('flaps.chattered_at')} > ${now - chatterListedMilliseconds}`,
      );
    case 'stale':
      return and(isLive, isStanding, sql`${alarms.raisedAt} < ${now - staleAfterMilliseconds}`);
  }
}

/** How many alarms of a tenant make noise of a kind. */
export function countNoise(unit: ReadUnit, tenantId: string, kind: NoiseKind, now: number): number {
  const [row] = unit.orm
    .select({ count: sql<number>`count(*)` })
    .from(alarms)
    .where(and(eq(alarms.tenantId, tenantId), isNoisy(kind, now)))
    .all();
  return row?.count ?? 0;
}

/** A tenant's alarms that make noise of a kind, the longest-lasting first. */
export function listNoise(unit: ReadUnit, tenantId: string, kind: NoiseKind, now: number): NoisyAlarm[] {
  return unit.orm
    .select()
    .from(alarms)
    .where(and(eq(alarms.tenantId, tenantId), isNoisy(kind, now)))
    .orderBy(asc(alarms.raisedAt), asc(alarms.alarmId))
    .limit(listedAtMost)
    .all()
    .map((row) => ({ ...alarmToWire(row), ...factsOf(kind, row) }));
}

function factsOf(kind: NoiseKind, row: AlarmRow): Pick<NoisyAlarm, 'since' | 'count'> {
  const flaps = row.noise?.flaps ?? null;
  if (kind === 'flapping')
    return { since: toTimestamp(flaps?.flapping_since ?? row.raisedAt), count: flaps?.changes ?? 0 };
  if (kind === 'chattering')
    return { since: toTimestamp(flaps?.chattered_at ?? row.raisedAt), count: flaps?.chatters ?? 0 };
  return { since: toTimestamp(kind === 'shelved' ? row.changedAt : row.raisedAt), count: 0 };
}
