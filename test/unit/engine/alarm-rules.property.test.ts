import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlarmRow, applyReport } from '#engine/alarms/alarm-rules.ts';
import type { AlarmIngested } from '#shared/events/events.ts';
import { severities } from '#shared/vocabulary/severity.ts';
import { at, ingested, start } from '#test/support/engine/reports.ts';

const anyReports = fc
  .uniqueArray(
    fc.record({
      second: fc.nat(50),
      severity: fc.constantFrom(...severities, 'cleared' as const, 'cleared' as const),
      text: fc.constantFrom('', 'up', 'down'),
    }),
    { selector: ({ second }) => second, minLength: 1, maxLength: 10 },
  )
  .map((steps) =>
    steps.map(({ second, severity, text }) =>
      ingested({ event_id: `e-${second}`, raised_at: at(second), severity, text: severity === 'cleared' ? '' : text }),
    ),
  );
const anyReportsAndOrder = anyReports.chain((reports) =>
  fc.tuple(
    fc.constant(reports),
    fc.shuffledSubarray(reports, { minLength: reports.length, maxLength: reports.length }),
  ),
);

function fold(reports: readonly AlarmIngested[]): AlarmRow {
  const alarm = reports.reduce<AlarmRow | null>(
    (existing, report) => applyReport(existing, report, { alarmId: 'a-1', now: start }).alarm,
    null,
  );
  if (alarm === null) throw new Error('No report was given.');
  return alarm;
}

const inOrder = (reports: readonly AlarmIngested[]) =>
  reports.toSorted((left, right) => Date.parse(left.raised_at) - Date.parse(right.raised_at));

/** What is known of the condition once everything has arrived. How often it was repeated depends on the order. */
const stateOf = ({ isCleared, isAcked, clearedAt, severity, text, lastRaisedAt }: AlarmRow) => ({
  isCleared,
  isAcked,
  clearedAt,
  severity,
  text,
  lastRaisedAt: isAcked ? 'never raised' : lastRaisedAt,
});

describe('reports of one alarm at different times', () => {
  it('end in the same state in whatever order they arrive', () => {
    fc.assert(
      fc.property(anyReportsAndOrder, ([reports, shuffled]) => {
        expect(stateOf(fold(shuffled))).toEqual(stateOf(fold(inOrder(reports))));
      }),
      { numRuns: 2_000 },
    );
  });

  it('leave the alarm standing exactly when the latest of them is a raise, with that raise’s severity and text', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const alarm = fold(reports);
        const sorted = inOrder(reports);
        const latestRaise = sorted.findLast((report) => report.severity !== 'cleared');
        expect(alarm.isCleared).toBe(sorted.at(-1)?.severity === 'cleared');
        expect(alarm.severity).toBe(latestRaise?.severity ?? 'indeterminate');
        expect(alarm.text).toBe(latestRaise?.text ?? '');
      }),
      { numRuns: 1_000 },
    );
  });

  it('never begin after their last raise, nor end before they begin', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const alarm = fold(reports);
        expect(alarm.raisedAt).toBeLessThanOrEqual(alarm.lastRaisedAt);
        if (alarm.clearedAt !== null) expect(alarm.raisedAt).toBeLessThanOrEqual(alarm.clearedAt);
        expect(alarm.isCleared).toBe(alarm.clearedAt !== null);
      }),
      { numRuns: 1_000 },
    );
  });

  it('count every raise of a standing alarm once', () => {
    fc.assert(
      fc.property(fc.nat(20), (repeats) => {
        const raises = Array.from({ length: repeats + 1 }, (_, index) => ingested({ raised_at: at(index) }));
        expect(fold(raises).repeatCount).toBe(repeats);
      }),
    );
  });
});
