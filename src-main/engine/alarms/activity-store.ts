import type { SqliteClient } from '../store/database.ts';

/** The alarm rate is kept per minute, so that "the last ten minutes" can be any ten minutes. */
export const rateBucketMilliseconds = 60_000;

/** Start of the minute that holds `at`; both in milliseconds since the epoch. */
export function rateBucket(at: number): number {
  return at - (at % rateBucketMilliseconds);
}

export interface RateCounts {
  raised: number;
  repeated: number;
  cleared: number;
}

/** What sources send, counted: per minute and per source system, on the writer's connection. */
export interface ActivityStore {
  addRate(tenantId: string, bucket: number, counts: Readonly<RateCounts>): void;
  heard(tenantId: string, sourceSystem: string, received: number, at: number): void;
  /** Remembers when an entity of the topology was last reported on. */
  seen(tenantId: string, entityId: string, at: number): void;
}

export function createActivityStore(client: SqliteClient): ActivityStore {
  const rate = client.prepare(
    `INSERT INTO alarm_rate (tenant_id, bucket, raised, repeated, cleared) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET raised = raised + excluded.raised, repeated = repeated + excluded.repeated, cleared = cleared + excluded.cleared`,
  );
  const feed = client.prepare(
    `INSERT INTO feeds (tenant_id, source_system, received, last_event_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET received = received + excluded.received, last_event_at = max(last_event_at, excluded.last_event_at)`,
  );
  const seen = client.prepare('UPDATE network_entities SET last_seen_at = ? WHERE tenant_id = ? AND id = ?');
  return {
    addRate: (tenantId, bucket, counts) => {
      rate.run(tenantId, bucket, counts.raised, counts.repeated, counts.cleared);
    },
    heard: (tenantId, sourceSystem, received, at) => {
      feed.run(tenantId, sourceSystem, received, at);
    },
    seen: (tenantId, entityId, at) => {
      seen.run(at, tenantId, entityId);
    },
  };
}
