import { and, asc, count, desc, eq, gt, gte, inArray, lt, or } from 'drizzle-orm';
import type { Handover } from '#shared/api/handover.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { openStates } from '../actions/action-queries.ts';
import { actions } from '../actions/actions.schema.ts';
import { alarms } from '../alarms/alarms.schema.ts';
import { auditRecords } from '../audit/audit.schema.ts';
import { incidents } from '../incidents/incidents.schema.ts';
import type { ReadUnit } from '../store/database.ts';

/** Lines per section; what is beyond is counted. */
const linesMax = 40;

/** What the next shift must know about a tenant since a moment, from stored facts only; empty sections are left out. */
export function handoverOf(unit: ReadUnit, tenantId: string, since: number, now: number): Handover {
  const sections = [
    { heading: 'Opened', lines: incidentLines(unit, tenantId, 'opened', since) },
    { heading: 'Closed', lines: incidentLines(unit, tenantId, 'closed', since) },
    { heading: 'Still open', lines: incidentLines(unit, tenantId, 'open', since) },
    { heading: 'Waiting for a decision', lines: actionLines(unit, tenantId) },
    { heading: 'Shelved, first to return first', lines: shelvedLines(unit, tenantId, now) },
    { heading: 'Decided', lines: decidedLines(unit, tenantId, since) },
  ].filter(({ lines }) => lines.length > 0);
  return {
    since: toTimestamp(since),
    generated_at: toTimestamp(now),
    sections,
    markdown: [
      `# Handover since ${toTimestamp(since)}`,
      '',
      `Made ${toTimestamp(now)} from what is stored.`,
      ...sections.flatMap(({ heading, lines }) => ['', `## ${heading}`, '', ...lines.map((line) => `- ${line}`)]),
      '',
    ].join('\n'),
  };
}

/** The first lines, and how many more there are. */
function atMost<T>(rows: readonly T[], lineOf: (row: T) => string): string[] {
  const lines = rows.slice(0, linesMax).map(lineOf);
  return rows.length > linesMax ? [...lines, `${rows.length - linesMax} more`] : lines;
}

function incidentLines(unit: ReadUnit, tenantId: string, which: 'opened' | 'closed' | 'open', since: number): string[] {
  const isOpen = inArray(incidents.state, ['new', 'acknowledged', 'in_progress']);
  const condition =
    which === 'opened'
      ? gte(incidents.createdAt, since)
      : which === 'closed'
        ? or(gte(incidents.resolvedAt, since), gte(incidents.closedAt, since))
        : and(isOpen, lt(incidents.createdAt, since));
  const rows = unit.orm
    .select()
    .from(incidents)
    .where(and(eq(incidents.tenantId, tenantId), condition))
    .orderBy(desc(incidents.isEmergencyService), asc(incidents.createdAt))
    .limit(1_000)
    .all();
  return atMost(
    rows,
    (row) =>
      `${row.severity}${row.isEmergencyService ? ', emergency service' : ''}: ${row.title} (${row.incidentId}, ${row.state.replace('_', ' ')}, ${row.owner ?? 'no owner'}, since ${toTimestamp(row.createdAt)})`,
  );
}

function actionLines(unit: ReadUnit, tenantId: string): string[] {
  const rows = unit.orm
    .select()
    .from(actions)
    .where(and(eq(actions.tenantId, tenantId), inArray(actions.state, [...openStates])))
    .orderBy(asc(actions.expiresAt))
    .limit(1_000)
    .all();
  return atMost(
    rows,
    (row) =>
      `${row.title} (${row.state.replace('_', ' ')}, risk ${row.risk}, ${row.approvals.length} approvals, lapses ${toTimestamp(row.expiresAt)})`,
  );
}

function shelvedLines(unit: ReadUnit, tenantId: string, now: number): string[] {
  const rows = unit.orm
    .select()
    .from(alarms)
    .where(and(eq(alarms.tenantId, tenantId), gt(alarms.shelvedUntil, now)))
    .orderBy(asc(alarms.shelvedUntil))
    .limit(1_000)
    .all();
  return atMost(
    rows,
    (row) =>
      `${row.severity}: ${row.alarmType} at ${row.entityId}, until ${row.shelvedUntil === null ? '' : toTimestamp(row.shelvedUntil)}`,
  );
}

function decidedLines(unit: ReadUnit, tenantId: string, since: number): string[] {
  return unit.orm
    .select({ what: auditRecords.what, value: count() })
    .from(auditRecords)
    .where(and(eq(auditRecords.tenantId, tenantId), gte(auditRecords.at, since)))
    .groupBy(auditRecords.what)
    .orderBy(desc(count()), auditRecords.what)
    .limit(linesMax)
    .all()
    .map(({ what, value }) => `${value} × ${what}`);
}
