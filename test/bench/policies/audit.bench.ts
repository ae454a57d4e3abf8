import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAuditTrail } from '#engine/audit/audit-store.ts';
import { verifyTrail } from '#engine/audit/verify-trail.ts';
import { openForReading, openForWriting, readerOf } from '#engine/store/database.ts';
import { applyMigrations } from '#engine/store/migrate.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';

const records = 1_000_000;
const perTransaction = 10_000;
const migrations = path.resolve(import.meta.dirname, '../../../migrations');

export const name = 'the audit trail';

/** Fills a trail and checks it from beginning to end, as `audit verify` does. */
export function run(report: BenchReport): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'pedkai-bench-audit-'));
  try {
    const file = path.join(folder, 'pedkai.db');
    const client = openForWriting(file, 'normal');
    applyMigrations(client, migrations);
    const trail = createAuditTrail(client);
    const startedAt = performance.now();
    for (let first = 0; first < records; first += perTransaction)
      client.transaction(() => {
        for (let number = first; number < first + perTransaction; number++)
          trail.append({
            tenantId: 'acme',
            at: Date.UTC(2026, 10, 22) + number,
            actor: { kind: 'person', name: 'ana' },
            what: 'action.approved',
            subject: `a-0192f3c0-${number}`,
            why: 'The fibre cut is confirmed by the field team.',
            detail: { from: 'proposed', to: 'approved', approvals: 1, verdict: 'allowed' },
            traceId: 'ab'.repeat(16),
            entryId: `0192f3c0-0000-7000-8000-${String(number).padStart(12, '0')}`,
          });
      })();
    report.figure({ name: 'records written', value: (records / (performance.now() - startedAt)) * 1_000, unit: '1/s' });
    client.close();

    const reading = openForReading(file);
    const verifiedAt = performance.now();
    const verdict = readerOf(reading).read(verifyTrail);
    const seconds = (performance.now() - verifiedAt) / 1_000;
    reading.close();
    if (verdict.firstBreak !== null || verdict.records !== records) throw new Error('The trail did not verify.');
    report.figure({
      name: `${records.toLocaleString('en-US')} records verified`,
      value: seconds,
      unit: 's',
      at_most: 30,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
