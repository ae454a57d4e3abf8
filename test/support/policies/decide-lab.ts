import Database from 'better-sqlite3';
import { openExecutions } from '#engine/actions/action-store.ts';
import type { DecideCommand, DecidingActor } from '#engine/actions/commands/decide-command.ts';
import { engineActor } from '#engine/actions/commands/decide-command.ts';
import { nothingSkipped, type Skipped } from '#engine/actions/commands/decide-context.ts';
import { createDecider, type Decider } from '#engine/actions/commands/decider.ts';
import type { Proposal } from '#engine/actions/propose.ts';
import type { CoreResult } from '#engine/core/inputs.ts';
import { createDispatcher, type Dispatcher } from '#engine/executors/dispatcher.ts';
import type { Executor } from '#engine/executors/executor.ts';
import { insertSignature } from '#engine/gate/gate-store.ts';
import type { AdrSignature } from '#engine/gate/signatures.ts';
import { openForWriting, type WriteUnit, writeUnitOf } from '#engine/store/database.ts';
import { applyMigrations } from '#engine/store/migrate.ts';
import { migrationsFolder } from '#test/support/engine/core.ts';
import { factsOf } from './facts.ts';
import type { TestPerson } from './people.ts';

export const tenantId = 'acme';
export const entitiesInAll = 10;

/** A migrated store with a topology and people, as bytes: every lab starts from the same. */
export function labTemplate(people: readonly TestPerson[]): Buffer {
  const client = openForWriting(':memory:', 'normal');
  applyMigrations(client, migrationsFolder);
  const entity = client.prepare(
    `INSERT INTO network_entities (id, tenant_id, entity_type, name, created_at) VALUES (?, ?, 'ROUTER', ?, 0)`,
  );
  for (let number = 1; number <= entitiesInAll; number++) entity.run(`E${number}`, tenantId, `E${number}`);
  const person = client.prepare(
    'INSERT INTO operators (operator_id, name, roles, credentials, created_at) VALUES (?, ?, ?, ?, 0)',
  );
  for (const { actor, credentials } of people)
    person.run(actor.id, actor.name, JSON.stringify(actor.roles), JSON.stringify(credentials));
  const bytes = client.serialize();
  client.close();
  return bytes;
}

export interface LabOptions {
  readonly template: Buffer;
  readonly executor: Executor;
  readonly skipped?: Skipped;
  /** Hash of the document on disk; may change between two questions. */
  readonly documentHash: () => string | null;
  /** Told of every command that was committed, in the order of the commits. */
  readonly onCommit?: (command: DecideCommand, result: CoreResult, actor: DecidingActor) => void;
  /** Lets others run before and after a command, and may crash the writer. */
  readonly disturb?: () => Promise<'nothing' | 'crash before commit' | 'crash after commit'>;
}

/** The deciding parts of an engine with their dispatcher, without threads, files and sockets: fast enough for thousands of lives. */
export interface Lab {
  readonly unit: WriteUnit;
  readonly dispatcher: () => Dispatcher;
  now(): number;
  pass(minutes: number): void;
  submit(command: DecideCommand, actor?: DecidingActor): Promise<CoreResult>;
  /** As the engine does around whatever closes the gate: halts first, then commits. */
  submitHalted(command: DecideCommand, actor: DecidingActor): Promise<CoreResult>;
  tamperSignature(signature: AdrSignature): void;
  /** The process dies and is started again on the same store. */
  restart(): Promise<void>;
  close(): void;
}

export const labStart = Date.parse('2026-11-22T12:00:00Z');

export function openLab(options: LabOptions): Lab {
  const client = new Database(options.template);
  client.pragma('foreign_keys = ON');
  const unit = writeUnitOf(client);
  let decider: Decider = createDecider(client, unit, options.skipped ?? nothingSkipped);
  let now = labStart;
  let entries = 0;
  let life = 0;
  const around = () => ({ documentHash: options.documentHash(), executorConfigured: true });

  const submit = async (command: DecideCommand, actor: DecidingActor = engineActor): Promise<CoreResult> => {
    const bornIn = life;
    const event = (await options.disturb?.()) ?? 'nothing';
    if (bornIn !== life) throw new Error('The engine that asked is gone.');
    const input = {
      tenantId,
      actor,
      now,
      entryId: `n${++entries}`,
      traceId: 'ab'.repeat(16),
      changed: () => undefined,
    };
    let result: CoreResult;
    try {
      result = client.transaction(() => {
        const done = decider.run(command, input);
        if (event === 'crash before commit') throw new Error('The writer crashed.');
        return done;
      })();
    } catch (error) {
      decider.forget();
      throw error;
    }
    options.onCommit?.(command, result, actor);
    if (event === 'crash after commit') throw new Error('The writer crashed after the commit.');
    return result;
  };

  const newDispatcher = () => {
    const bornIn = life;
    return createDispatcher({
      executor: {
        name: options.executor.name,
        execute: (order, stop) => {
          if (bornIn !== life) throw new Error('The engine that asked is gone.');
          return options.executor.execute(order, stop);
        },
      },
      waiting: (limit) =>
        openExecutions(unit.orm, null)
          .filter(({ state }) => state === 'queued')
          .slice(0, limit),
      submit: (_tenant, command) => submit(command),
      around,
      clock: () => now,
      pause: async () => undefined,
      onError: () => undefined,
    });
  };
  let dispatcher = newDispatcher();

  return {
    unit,
    dispatcher: () => dispatcher,
    now: () => now,
    pass: (minutes) => {
      now += minutes * 60_000;
    },
    submit,
    async submitHalted(command, actor) {
      dispatcher.halt(tenantId);
      try {
        return await submit(command, actor);
      } finally {
        dispatcher.resume(tenantId);
      }
    },
    tamperSignature: (signature) => insertSignature(unit.orm, signature),
    async restart() {
      life += 1;
      decider = createDecider(client, unit, options.skipped ?? nothingSkipped);
      dispatcher = newDispatcher();
      await submit({ name: 'execution.recover', around: around() });
    },
    close: () => client.close(),
  };
}

/** A proposal as the engine would make it, at an entity of the lab. */
export function labProposal(
  actionId: string,
  fields: { readonly type: string; readonly entity: string; readonly emergency?: boolean },
): Proposal {
  const facts = factsOf({
    action: { type: fields.type, entity_id: fields.entity, entity_type: 'ROUTER', region: fields.entity },
    cluster: { is_emergency_service: fields.emergency === true },
  });
  return {
    actionId,
    clusterId: `c-${actionId}`,
    entityId: fields.entity,
    actionType: fields.type,
    title: fields.type,
    risk: 'low',
    facts,
    rank: 0.5,
    evidence: {
      cluster_title: 'Fibre cut',
      cause: 'It was silent first.',
      confidence: 0.9,
      family: 'link',
      because: ['It was silent first.'],
      features: {
        action_type: fields.type,
        entity_id: fields.entity,
        entity_type: 'ROUTER',
        region: fields.entity,
        family: 'link',
        severity: 'major',
        is_emergency_service: fields.emergency === true,
        alarm_types: ['LOS'],
        entity_types: ['ROUTER'],
        alarms: 3,
        entities: 2,
        active: 3,
      },
    },
  };
}
