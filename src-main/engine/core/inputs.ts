/** What goes into the core and what comes out. Plain data, so that it crosses a thread boundary as it is. */
import type { BulkInput } from '#shared/api/alarms.ts';
import type { Change, TokenCreateInput } from '#shared/api/console.ts';
import type { ErrorCode } from '#shared/api/errors.ts';
import type { IncidentCreateInput, IncidentPatchInput } from '#shared/api/incidents.ts';
import type { MaintenanceInput } from '#shared/api/noise.ts';
import type { AlarmOperation, AlarmReport, CorrectionKind } from '#shared/events/events.ts';
import type { CustomersFile } from '#shared/files/customers-file.ts';
import type { TopologyFile } from '#shared/files/topology-file.ts';
import type { GroupingRule } from '#shared/vocabulary/grouping-rule.ts';
import type { DecideCommand, DecidingActor } from '../actions/commands/decide-command.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';

/** One report of a source, already validated and stamped with its tenant. */
export interface ReportInput {
  readonly kind: 'report';
  /** UUIDv7; names the event when the source did not. */
  readonly entryId: string;
  readonly tenantId: string;
  readonly report: AlarmReport;
  readonly trace: TraceContext;
}

/** Reports that were refused before they reached the core; they count in the ledger. */
export interface RejectionsInput {
  readonly kind: 'rejections';
  readonly entryId: string;
  readonly tenantId: string;
  readonly count: number;
}

/** What people and clients may ask of the engine, beyond reporting alarms. */
export type Command =
  | {
      readonly name: 'alarm.operate';
      readonly alarmId: string;
      readonly operation: AlarmOperation;
      readonly note: string | null;
      /** For `shelve`: for how long. */
      readonly minutes: number | null;
    }
  | { readonly name: 'alarm.bulk'; readonly input: BulkInput }
  | { readonly name: 'incident.create'; readonly input: IncidentCreateInput }
  | { readonly name: 'incident.patch'; readonly input: IncidentPatchInput }
  | {
      readonly name: 'incident.move';
      readonly incidentId: string;
      readonly move: 'ack' | 'resolve' | 'close' | 'reopen';
      readonly note: string | null;
    }
  | { readonly name: 'incident.note'; readonly incidentId: string; readonly text: string }
  | {
      readonly name: 'cluster.correct';
      readonly correction: CorrectionKind;
      readonly clusterId: string;
      /** What is split off, moved or kept apart. */
      readonly alarmIds: readonly string[];
      /** Where to; null makes a cluster of its own. */
      readonly toClusterId: string | null;
      readonly cause: { readonly entityId: string; readonly alarmId: string | null } | null;
      readonly note: string | null;
    }
  /** Without a rule id a new rule; without a definition the rule is withdrawn. */
  | { readonly name: 'grouping-rule.write'; readonly ruleId: string | null; readonly definition: GroupingRule | null }
  | {
      readonly name: 'grouping-habit.forget';
      readonly leftKind: string;
      readonly rightKind: string;
      readonly place: string;
    }
  | {
      readonly name: 'cause.decide';
      readonly cause: string;
      readonly effect: string;
      readonly decision: 'pin' | 'forbid' | 'forget' | 'reset';
    }
  | { readonly name: 'maintenance.plan'; readonly input: MaintenanceInput }
  | { readonly name: 'maintenance.end'; readonly windowId: string }
  | { readonly name: 'topology.replace'; readonly topology: TopologyFile }
  | { readonly name: 'customers.put'; readonly customers: CustomersFile }
  | { readonly name: 'customer.consent'; readonly customerId: string; readonly consent: boolean }
  | { readonly name: 'customer.erase'; readonly customerId: string }
  /** Tells customers; each is asked for consent at the moment of writing. */
  | {
      readonly name: 'care.send';
      readonly clusterId: string | null;
      readonly customerIds: readonly string[];
      readonly message: string;
    }
  | {
      readonly name: 'token.create';
      readonly input: TokenCreateInput;
      readonly tokenId: string;
      readonly secretHash: string;
    }
  | { readonly name: 'token.revoke'; readonly tokenId: string }
  | { readonly name: 'token.used'; readonly uses: readonly (readonly [tokenId: string, at: number])[] }
  | DecideCommand;

export interface CommandInput {
  readonly kind: 'command';
  readonly entryId: string;
  readonly tenantId: string;
  readonly operator: string;
  /** Who is behind it, where more must be known than a name; the engine itself where nobody is named. */
  readonly actor?: DecidingActor;
  readonly command: Command;
  readonly trace: TraceContext;
}

export type CoreInput = ReportInput | RejectionsInput | CommandInput;

/** Why a command was refused. */
export interface Refusal {
  readonly code: Extract<ErrorCode, 'NOT_FOUND' | 'CONFLICT' | 'UNPROCESSABLE_CONTENT'>;
  readonly message: string;
}

/** The answer to one input, in the order of the inputs. `done` carries the id of what was changed or made. */
export type CoreResult =
  | { readonly kind: 'accepted' | 'duplicate'; readonly eventId: string }
  | { readonly kind: 'noted' }
  | {
      readonly kind: 'done';
      readonly id: string;
      readonly refused: readonly (Refusal & { readonly id: string })[];
      readonly done: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** It could not be carried out and changed nothing; never the answer to a report, which is kept or fails its batch. */
  /** `isStoreTrouble`: the disk is full or cannot be written; the same may succeed later. */
  | { readonly kind: 'failed'; readonly message: string; readonly isStoreTrouble: boolean };

/** A committed change of one object. `json` is its wire form, made once for all subscribers. */
export interface SequencedChange {
  readonly tenantId: string;
  readonly sequence: number;
  readonly topic: Change['topic'];
  readonly change: Change['change'];
  readonly json: string;
}

/** How far the core has come, as positions in the journal. What lies between them is accepted and not worked in yet. */
export interface CoreProgress {
  /** The newest entry. */
  readonly head: number;
  /** Up to here the handlers have worked everything in. */
  readonly position: number;
}

/** How many entries are accepted and not worked in yet. */
export function lagOf({ head, position }: CoreProgress): number {
  return head - position;
}

/** The answer to one batch. Given out only when everything in it is on disk. */
export interface BatchAnswer {
  /** In the order of the inputs. */
  readonly results: readonly CoreResult[];
  /** The journal's end after the batch: who waits until the handlers have come here sees what became of it. */
  readonly head: number;
}

/** Where the core tells what each commit changed, in the order of the commits. */
export interface ChangeSink {
  /** While nobody listens changes are not put together. */
  isWanted(): boolean;
  /** Null says that there are changes which nobody asked for in time: they stand in the store. */
  publish(changes: readonly SequencedChange[] | null): void;
}

/** The writer behind the queue: in process or in its thread. */
export interface CoreHost {
  /**
   * Answers when the batch is on disk: reports stand in the journal, commands are carried out. Rejects when the core
   * died for good; the inputs may then be sent again.
   */
  apply(inputs: readonly CoreInput[]): Promise<BatchAnswer>;
  /** How far the handlers have come, as last told. */
  progress(): CoreProgress;
  /**
   * Resolves when the handlers have worked in everything that was acknowledged before the call, or when `milliseconds`
   * are over. Null when there is nothing to wait for. Working in goes before accepting meanwhile.
   */
  workedIn(milliseconds: number): Promise<void> | null;
  /** Has everything worked in and correlation settle. */
  settle(): Promise<void>;
  state(): 'running' | 'restarting' | 'stopped';
  /** Finishes what it has begun, works in what was accepted, and closes the store. */
  stop(): Promise<void>;
}
