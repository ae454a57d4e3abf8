import { remedyOf } from './catalogue.ts';

/** What a work order is made of. */
export interface WorkOrderFacts {
  readonly actionId: string;
  readonly actionType: string;
  readonly entityId: string;
  readonly clusterTitle: string;
  readonly cause: string;
  readonly blast: { readonly entities: number; readonly emergency_services: number; readonly customers: number };
  readonly approvedBy: readonly string[];
  /** ISO 8601. */
  readonly at: string;
}

/** The runbook that an approval hands to a person in advisory mode, as Markdown. The engine itself does none of it. */
export function workOrderOf(facts: WorkOrderFacts): string {
  const remedy = remedyOf(facts.actionType);
  const title = remedy?.title ?? facts.actionType;
  const { entities, emergency_services, customers } = facts.blast;
  const list = (lines: readonly string[], mark: (index: number) => string) =>
    lines.map((line, index) => `${mark(index)} ${line}`);
  return [
    `# Work order: ${title} at ${facts.entityId}`,
    '',
    `Order ${facts.actionId}, ${facts.at}. Approved by ${facts.approvedBy.join(' and ')}.`,
    `Happening: ${facts.clusterTitle}. Likely cause: ${facts.cause}`,
    '',
    '## Who would feel it',
    '',
    `${entities} ${entities === 1 ? 'entity' : 'entities'}, ${emergency_services} emergency services, ${customers} customers.`,
    ...(remedy === null || remedy.preconditions.length === 0
      ? []
      : ['', '## Before you begin', '', ...list(remedy.preconditions, () => '- [ ]')]),
    ...(remedy === null ? [] : ['', '## Dry run', '', remedy.dryRun]),
    ...(remedy === null ? [] : ['', '## Steps', '', ...list(remedy.steps, (index) => `${index + 1}.`)]),
    '',
    '## If it goes wrong',
    '',
    wayBack(remedy?.undoneBy ?? null),
    ...(remedy === null
      ? []
      : ['', '## What proves that it worked', '', `${remedy.proof.words} Within ${remedy.proof.minutes} minutes.`]),
    '',
    'Report the outcome on this action when you are done: worked, did not work, made worse, or not done.',
    '',
  ].join('\n');
}

function wayBack(undo: string | null): string {
  const remedy = undo === null ? null : remedyOf(undo);
  return remedy === null ? 'There is no known way back: stop and call the supervisor.' : `Way back: ${remedy.title}.`;
}
