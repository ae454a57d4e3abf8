import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rememberDecision, similarDecisions } from '#engine/decisions/decision-store.ts';
import type { SituationFeatures } from '#engine/decisions/situation-features.ts';
import { openForWriting, writeUnitOf } from '#engine/store/database.ts';
import { applyMigrations } from '#engine/store/migrate.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';
import { createRandom } from '#test/support/simulator/random.ts';

const remembered = 100_000;
const questions = 200;
const migrations = path.resolve(import.meta.dirname, '../../../migrations');

export const name = 'similar decisions';

/** A hundred thousand decisions of one tenant, then the most similar to situations like them. */
export function run(report: BenchReport): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'pedkai-bench-similar-'));
  try {
    const client = openForWriting(path.join(folder, 'pedkai.db'), 'normal');
    applyMigrations(client, migrations);
    const unit = writeUnitOf(client);
    const random = createRandom(20_261_122);
    const words = ['fibre', 'power', 'radio', 'rain', 'upgrade', 'vendor', 'cut', 'board'];
    const situation = (): SituationFeatures => ({
      action_type: random.pick(['switch_to_protection', 'restart_cell', 'reset_port', 'dispatch_to_site']),
      entity_id: `E${random.integer(1, 20_000)}`,
      entity_type: random.pick(['ROUTER', 'CELL', 'OLT', 'MICROWAVE']),
      region: `SITE-${random.integer(1, 2_000)}`,
      family: random.pick(['link', 'radio', 'power', 'equipment']),
      severity: random.pick(['critical', 'major', 'minor']),
      is_emergency_service: false,
      alarm_types: Array.from({ length: random.integer(1, 6) }, () => `ALM-${random.integer(1, 400)}`),
      entity_types: ['ROUTER', 'CELL'].slice(0, random.integer(1, 2)),
      alarms: random.integer(1, 60),
      entities: random.integer(1, 40),
      active: random.integer(1, 40),
    });
    for (let first = 0; first < remembered; first += 5_000)
      client.transaction(() => {
        for (let number = first; number < first + 5_000; number++) {
          const features = situation();
          rememberDecision(unit, {
            decisionId: `d${number}`,
            tenantId: 'acme',
            actionId: `a${number}`,
            clusterId: `c${number}`,
            actionType: features.action_type,
            entityId: features.entity_id,
            choice: 'approved',
            decidedBy: 'ana',
            reason: `${random.pick(words)} ${random.pick(words)}`,
            situation: `${random.pick(words)} at ${features.entity_id}`,
            features,
            outcome: 'worked',
            outcomeNote: '',
            rating: null,
            reward: 0.6,
            embeddingProvider: null,
            embeddingModel: null,
            decidedAt: number,
            outcomeAt: number,
          });
        }
      })();
    const times: number[] = [];
    let found = 0;
    for (let question = 0; question < questions; question++) {
      const features = situation();
      const startedAt = performance.now();
      found += similarDecisions(unit, 'acme', { features, words: random.pick(words) }, 20).length;
      times.push(performance.now() - startedAt);
    }
    client.close();
    if (found < questions * 10) throw new Error(`Only ${found} decisions were found.`);
    const sorted = times.toSorted((left, right) => left - right);
    report.figure({
      name: 'among 100,000, median',
      value: sorted[questions >> 1] ?? Number.NaN,
      unit: 'ms',
      at_most: 50,
    });
    report.figure({ name: 'among 100,000, slowest', value: sorted.at(-1) ?? Number.NaN, unit: 'ms', at_most: 50 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
