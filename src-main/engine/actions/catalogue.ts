import type { RiskClass } from '#shared/vocabulary/actions.ts';
import type { AlarmFamily } from './alarm-family.ts';

/** A remedy: what it is for, what it risks, how it is done by hand, how it is undone, what proves that it helped. */
export interface Remedy {
  readonly type: string;
  readonly title: string;
  readonly families: readonly AlarmFamily[];
  /** Entity types that it fits; null fits all. */
  readonly entityTypes: readonly string[] | null;
  readonly risk: RiskClass;
  /** Only these can be handed to an executor; the others are work for people. */
  readonly isRemote: boolean;
  /** The remedy that takes it back; null where there is no known way back. */
  readonly undoneBy: string | null;
  /** The entity's dependents feel it while it is carried out. */
  readonly interrupts: boolean;
  readonly preconditions: readonly string[];
  readonly steps: readonly string[];
  readonly dryRun: string;
  /** What proves that it worked, and within how many minutes. */
  readonly proof: { readonly words: string; readonly minutes: number };
  /** How often it helps before anything was learned, 0 to 1; a judgement, replaced by outcomes as they come. */
  readonly prior: number;
}

const cells = ['CELL', 'SECTOR'];
const radio = [...cells, 'BASEBAND'];
const transport = ['ROUTER', 'SWITCH', 'MICROWAVE', 'OLT'];
const cleared = (minutes: number) => ({ words: 'Every alarm of the cluster is cleared.', minutes });

/** The remedies that Pedkai knows. The order is that of the console where nothing else tells them apart. */
export const catalogue: readonly Remedy[] = [
  {
    type: 'restart_cell',
    title: 'Restart the cell',
    families: ['radio', 'software', 'unknown'],
    entityTypes: radio,
    risk: 'medium',
    isRemote: true,
    undoneBy: 'unlock_cell',
    interrupts: true,
    preconditions: [
      'The site has power.',
      'The transport to the site is up.',
      'No emergency call is active on the cell.',
    ],
    steps: [
      'Lock the cell softly and wait until its users have moved, at most 2 minutes.',
      'Restart it.',
      'Unlock it and wait until it carries traffic.',
    ],
    dryRun: 'Ask the element manager for the state of the cell and its users; change nothing.',
    proof: cleared(15),
    prior: 0.5,
  },
  {
    type: 'lock_cell',
    title: 'Lock the cell',
    families: ['radio', 'congestion'],
    entityTypes: cells,
    risk: 'high',
    isRemote: true,
    undoneBy: 'unlock_cell',
    interrupts: true,
    preconditions: ['Neighbours cover the area.', 'No emergency call is active on the cell.'],
    steps: ['Check that the neighbours have room.', 'Lock the cell softly.', 'Watch the neighbours for 15 minutes.'],
    dryRun: 'Ask the element manager which users would have to move; change nothing.',
    proof: { words: 'The neighbours carry the traffic and no new alarm stands.', minutes: 15 },
    prior: 0.2,
  },
  {
    type: 'unlock_cell',
    title: 'Unlock the cell',
    families: [],
    entityTypes: radio,
    risk: 'low',
    isRemote: true,
    undoneBy: 'lock_cell',
    interrupts: false,
    preconditions: ['The cell is locked.'],
    steps: ['Unlock the cell.', 'Wait until it carries traffic.'],
    dryRun: 'Ask the element manager for the state of the cell; change nothing.',
    proof: cleared(15),
    prior: 0.4,
  },
  {
    type: 'switch_to_protection',
    title: 'Switch to the protection path',
    families: ['link', 'congestion'],
    entityTypes: transport,
    risk: 'medium',
    isRemote: true,
    undoneBy: 'switch_to_working',
    interrupts: false,
    preconditions: ['The protection path is up and free of alarms.', 'It does not share a duct with the working path.'],
    steps: [
      'Check the protection path.',
      'Force the switch.',
      'Confirm that traffic flows and latency is in its bounds.',
    ],
    dryRun: 'Ask the element for the state of both paths; change nothing.',
    proof: cleared(10),
    prior: 0.6,
  },
  {
    type: 'switch_to_working',
    title: 'Switch back to the working path',
    families: [],
    entityTypes: transport,
    risk: 'low',
    isRemote: true,
    undoneBy: 'switch_to_protection',
    interrupts: false,
    preconditions: ['The working path is up and has been stable for 10 minutes.'],
    steps: ['Check the working path.', 'Release the forced switch.', 'Confirm that traffic flows.'],
    dryRun: 'Ask the element for the state of both paths; change nothing.',
    proof: cleared(10),
    prior: 0.5,
  },
  {
    type: 'reset_port',
    title: 'Reset the port',
    families: ['link', 'software'],
    entityTypes: transport,
    risk: 'medium',
    isRemote: true,
    undoneBy: 'enable_port',
    interrupts: true,
    preconditions: ['The far end answers over another way, or nothing depends on this port.'],
    steps: [
      'Note the port’s counters and its configuration.',
      'Disable and enable the port.',
      'Compare the counters after 5 minutes.',
    ],
    dryRun: 'Read the port’s state and counters; change nothing.',
    proof: cleared(10),
    prior: 0.35,
  },
  {
    type: 'enable_port',
    title: 'Enable the port',
    families: [],
    entityTypes: transport,
    risk: 'low',
    isRemote: true,
    undoneBy: 'disable_port',
    interrupts: false,
    preconditions: ['The port is disabled.'],
    steps: ['Enable the port.', 'Confirm that the link comes up.'],
    dryRun: 'Read the port’s state; change nothing.',
    proof: cleared(10),
    prior: 0.4,
  },
  {
    type: 'disable_port',
    title: 'Disable the port',
    families: [],
    entityTypes: transport,
    risk: 'high',
    isRemote: true,
    undoneBy: 'enable_port',
    interrupts: true,
    preconditions: ['Nothing depends on this port alone.'],
    steps: ['Check what depends on the port.', 'Disable the port.'],
    dryRun: 'Read the port’s state; change nothing.',
    proof: { words: 'No new alarm stands.', minutes: 10 },
    prior: 0.2,
  },
  {
    type: 'restore_power',
    title: 'Send power: generator or mains repair',
    families: ['power'],
    entityTypes: null,
    risk: 'low',
    isRemote: false,
    undoneBy: null,
    interrupts: false,
    preconditions: ['The site can be entered.', 'The energy supplier was asked about an outage.'],
    steps: [
      'Ask the energy supplier for the outage and its expected end.',
      'If it outlasts the battery, send a generator.',
      'Confirm mains, rectifier and battery charge on site.',
    ],
    dryRun: 'Look up the supplier’s outage page and the battery’s remaining time.',
    proof: cleared(240),
    prior: 0.7,
  },
  {
    type: 'dispatch_to_site',
    title: 'Send somebody to the site',
    families: ['equipment', 'environment', 'link', 'radio', 'unknown'],
    entityTypes: null,
    risk: 'low',
    isRemote: false,
    undoneBy: null,
    interrupts: false,
    preconditions: ['The site can be entered.', 'Spare parts for the suspected unit are at hand.'],
    steps: [
      'Confirm the fault on site.',
      'Replace or reseat the suspected unit.',
      'Confirm with the NOC that the alarms clear before leaving.',
    ],
    dryRun: 'Check access, weather and spare parts.',
    proof: cleared(480),
    prior: 0.55,
  },
  {
    type: 'open_ticket',
    title: 'Open a ticket with the responsible team',
    families: ['software', 'congestion', 'unknown', 'equipment'],
    entityTypes: null,
    risk: 'low',
    isRemote: false,
    undoneBy: null,
    interrupts: false,
    preconditions: [],
    steps: ['Open a ticket with the situation report of this cluster.', 'Note the ticket’s number on the incident.'],
    dryRun: 'Look for an open ticket about this entity.',
    proof: cleared(1_440),
    prior: 0.3,
  },
];

const byType: ReadonlyMap<string, Remedy> = new Map(catalogue.map((remedy) => [remedy.type, remedy]));

export function remedyOf(type: string): Remedy | null {
  return byType.get(type) ?? null;
}

/** Whether a way back is known: what the engine cannot undo, it does not do. */
export function hasWayBack(type: string): boolean {
  const undo = remedyOf(type)?.undoneBy ?? null;
  return undo !== null && byType.has(undo);
}

/** Remedies for a family of alarms at a type of entity, the catalogue's order. */
export function remediesFor(family: AlarmFamily, entityType: string): readonly Remedy[] {
  return catalogue.filter(
    ({ families, entityTypes }) =>
      families.includes(family) && (entityTypes === null || entityTypes.includes(entityType)),
  );
}
