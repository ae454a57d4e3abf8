import { z } from 'zod';
import type { SqliteClient, UnitsOfWork } from '../../store/database.ts';
import type { TopologyDirectory } from '../../topology/topology-directory.ts';
import { learnedUpTo, readKnowledge, saveKnowledge, tenantsWithKnowledge } from './cause-store.ts';
import { type CauseLearner, createCauseLearner } from './create-cause-learner.ts';

/**
 * Learning from the engine's own journal, beside the writer's work: it reads what was raised some time after it was worked in,
 * so that alarms never wait for it. What it had not saved when the engine stopped, it reads again.
 */
export interface JournalLearning {
  /** Reads on, at most so many raises, up to the journal entry to which everything is worked in; answers whether there was anything. */
  read(most: number, workedIn: number): boolean;
  /** Whether what was learned is worth saving at `now` (ms). */
  isDue(now: number): boolean;
  /** Judges and saves, within a transaction; answers the tenants whose causes may have changed. */
  save(now: number): readonly string[];
  topologyChanged(tenantId: string): void;
}

/** Entries looked at in one go: where nearly everything repeats what stands, few of them are raises. */
const mostLookedAt = 10_000;
const saveEveryMilliseconds = 300_000;
const saveAfterAlarms = 5_000;

const raiseSchema = z.object({
  position: z.number(),
  tenant_id: z.string(),
  entity_id: z.string(),
  alarm_type: z.string(),
  occurred_at: z.number(),
});

export function createJournalLearning(
  client: SqliteClient,
  units: UnitsOfWork,
  topology: TopologyDirectory,
): JournalLearning {
  const raises = client.prepare(
    `SELECT h.position, a.tenant_id, a.entity_id, a.alarm_type, j.occurred_at FROM alarm_history h
     JOIN alarms a ON a.alarm_id = h.alarm_id JOIN journal j ON j.position = h.position
     WHERE h.position > ? AND h.position <= ? AND h.outcome = 'new' ORDER BY h.position LIMIT ?`,
  );
  const learners = new Map<string, CauseLearner>();
  let position = units.read(learnedUpTo);
  let unsaved = 0;
  let savedAt: number | null = null;

  const learnerOf = (tenantId: string): CauseLearner => {
    const known = learners.get(tenantId);
    if (known !== undefined) return known;
    const learner = createCauseLearner(topology.forCorrelation(tenantId));
    const knowledge = units.read((unit) => readKnowledge(unit, tenantId));
    if (knowledge !== null) learner.restore(knowledge.snapshot);
    learners.set(tenantId, learner);
    return learner;
  };
  return {
    read(most, workedIn) {
      const upTo = Math.min(workedIn, position + mostLookedAt);
      if (upTo <= position) return false;
      const rows = z.array(raiseSchema).parse(raises.all(position, upTo, most));
      for (const row of rows)
        learnerOf(row.tenant_id).observe({
          entityId: row.entity_id,
          alarmType: row.alarm_type,
          raisedAt: row.occurred_at,
        });
      position = rows.length < most ? upTo : (rows.at(-1)?.position ?? upTo);
      unsaved += rows.length;
      return rows.length > 0;
    },
    isDue(now) {
      savedAt ??= now;
      return unsaved >= saveAfterAlarms || (unsaved > 0 && now - savedAt >= saveEveryMilliseconds);
    },
    save(now) {
      units.write((unit) => {
        // All tenants are saved as of one position, so that reading goes on from there for all.
        for (const tenantId of tenantsWithKnowledge(unit)) learnerOf(tenantId);
        for (const [tenantId, learner] of learners) {
          const causes = learner.causes();
          saveKnowledge(unit, tenantId, { snapshot: learner.snapshot(), position, causes, at: now });
        }
      });
      unsaved = 0;
      savedAt = now;
      return [...learners.keys()];
    },
    topologyChanged: (tenantId) => {
      learners.get(tenantId)?.setTopology(topology.forCorrelation(tenantId));
    },
  };
}
