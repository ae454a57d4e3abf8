import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CoreInput } from '#engine/core/inputs.ts';
import { getLedger } from '#engine/ledger/ledger-queries.ts';
import { severities } from '#shared/vocabulary/severity.ts';
import { openTestCore, rejectionsInput, reportInput } from '#test/support/engine/core.ts';
import { at } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

const tenants = ['acme', 'other'] as const;
const anyTenant = fc.constantFrom(...tenants);
const anyReport = fc.record({
  kind: fc.constant('report' as const),
  tenant: anyTenant,
  entity: fc.constantFrom('A', 'B', 'EMERGENCY-1'),
  eventId: fc.option(fc.constantFrom('e-1', 'e-2', 'e-3'), { nil: undefined }),
  severity: fc.constantFrom(...severities, 'cleared' as const),
  second: fc.nat(100),
});
const anyRejections = fc.record({
  kind: fc.constant('rejections' as const),
  tenant: anyTenant,
  count: fc.integer({ min: 1, max: 9 }),
});
const anyBatch = fc.array(fc.oneof({ weight: 5, arbitrary: anyReport }, { weight: 1, arbitrary: anyRejections }), {
  minLength: 1,
  maxLength: 12,
});
type Step = typeof anyBatch extends fc.Arbitrary<(infer S)[]> ? S : never;

const inputOf = (step: Step): CoreInput =>
  step.kind === 'rejections'
    ? rejectionsInput(step.count, step.tenant)
    : reportInput(
        {
          entity_id: step.entity,
          severity: step.severity,
          raised_at: at(step.second),
          ...(step.eventId === undefined ? {} : { event_id: step.eventId }),
        },
        step.tenant,
      );

const sentBy = (tenant: string, steps: readonly Step[]): number =>
  steps
    .filter((step) => step.tenant === tenant)
    .reduce((sum, step) => sum + (step.kind === 'rejections' ? step.count : 1), 0);

describe('the ledger of each tenant', () => {
  it('has received exactly what was sent, duplicates and rejections included, across restarts', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyBatch, fc.boolean()), { minLength: 1, maxLength: 5 }), (batches) => {
        const core = openTestCore(temporaryFolder());
        const sent: Step[] = [];
        for (const [steps, reopens] of batches) {
          const { results } = core.apply(...steps.map(inputOf));
          expect(results).toHaveLength(steps.length);
          sent.push(...steps);
          if (reopens) core.reopen();
          for (const tenant of tenants) {
            const { received, duplicate, rejected, ...rest } = core.reader.read((unit) => getLedger(unit, tenant));
            expect(received).toBe(sentBy(tenant, sent));
            const reports = sent.flatMap((step) => (step.kind === 'report' && step.tenant === tenant ? [step] : []));
            const named = reports.flatMap((step) => (step.eventId === undefined ? [] : [step.eventId]));
            expect(duplicate).toBe(named.length - new Set(named).size);
            expect(rejected).toBe(sentBy(tenant, sent) - reports.length);
            const journaled = core.rows(
              `SELECT count(*) AS n FROM journal WHERE tenant_id = ? AND event_type = 'alarm.ingested'`,
              tenant,
            );
            expect(journaled).toEqual([{ n: rest.new + rest.repeated + rest.cleared + rest.suppressed }]);
          }
        }
        core.close();
      }),
      { numRuns: 25 },
    );
  });
});
