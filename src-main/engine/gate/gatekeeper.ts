import { tenantsWithTokens } from '../access/token-store.ts';
import { openExecutions } from '../actions/action-store.ts';
import {
  type DecideCommand,
  type DecidingActor,
  engineActor,
  type Surroundings,
} from '../actions/commands/decide-command.ts';
import { lookForRemedies } from '../actions/proposer.ts';
import type { CoreResult } from '../core/inputs.ts';
import type { Intake } from '../core/intake.ts';
import { createDispatcher } from '../executors/dispatcher.ts';
import type { Executor } from '../executors/executor.ts';
import type { PolicyFolder } from '../policies/policy-folder.ts';
import { createPolicyShelf, type PolicyShelf } from '../policies/policy-shelf.ts';
import type { Reader } from '../store/database.ts';
import { errorFields, type Logger } from '../telemetry/logger.ts';
import { type TraceContext, traceContextFrom } from '../telemetry/trace-context.ts';
import type { AdrDocument, ReadAdr } from './adr-document.ts';

export interface GatekeeperDeps {
  readonly reader: Reader;
  readonly intake: Pick<Intake, 'submit' | 'depth'>;
  readonly newId: () => string;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly readAdr: ReadAdr;
  readonly executor: Executor | null;
  readonly policyFolder: PolicyFolder;
  readonly lookIntervalMilliseconds: number;
}

/** What surrounds the writer in the matter of acting: the document on disk, the executor, what is done from time to time. */
export interface Gatekeeper {
  readonly executorName: string | null;
  document(): AdrDocument | null;
  around(): Surroundings;
  /** Policies as the reading side sees them. */
  readonly shelf: PolicyShelf;
  submit(tenantId: string, command: DecideCommand, actor: DecidingActor, trace?: TraceContext): Promise<CoreResult>;
  /** For whatever closes the gate: halts the tenant's executions first, in this very moment, then commits. */
  submitHalted(
    tenantId: string,
    command: DecideCommand,
    actor: DecidingActor,
    trace?: TraceContext,
  ): Promise<CoreResult>;
  /** Has what waits carried out. */
  wake(): void;
  /** Recovers what a stop left behind and begins to look for remedies. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** While so much waits for the writer, remedies can wait too. */
const busyDepth = 500;

export function createGatekeeper(deps: GatekeeperDeps): Gatekeeper {
  const { reader, intake, newId, clock, logger, executor } = deps;
  const shelf = reader.read((unit) => createPolicyShelf(unit.orm));
  const around = (): Surroundings => ({
    documentHash: deps.readAdr()?.hash ?? null,
    executorConfigured: executor !== null,
  });
  const submit: Gatekeeper['submit'] = async (tenantId, command, actor, trace) => {
    const result = await intake.submit({
      kind: 'command',
      entryId: newId(),
      tenantId,
      operator: actor.name,
      actor,
      command,
      trace: trace ?? traceContextFrom(undefined, undefined),
    });
    if (command.name.startsWith('policy.')) shelf.forget(tenantId);
    return result;
  };
  const sayIfFailed = (what: string) => (error: unknown) => {
    logger.warn(what, 'It could not be done and is tried again later.', errorFields(error));
  };
  const dispatcher = createDispatcher({
    executor,
    waiting: (limit) =>
      reader
        .read((unit) => openExecutions(unit.orm, null))
        .filter(({ state }) => state === 'queued')
        .slice(0, limit),
    submit: (tenantId, command) => submit(tenantId, command, engineActor),
    around,
    clock,
    pause: (milliseconds, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
    onError: sayIfFailed('dispatch'),
  });
  const wake = () => {
    dispatcher.wake().catch(sayIfFailed('dispatch'));
  };

  const looked = new Map<string, number>();
  const readPolicyFiles = async () => {
    for (const { tenantId, file, source } of deps.policyFolder.changed()) {
      const inForce = reader.read(() => shelf.of(tenantId));
      const isKnown = reader.read((unit) =>
        unit
          .statement('SELECT 1 FROM policies WHERE tenant_id = ? AND is_current = 1 AND source = ?')
          .get(tenantId, source),
      );
      if (isKnown !== undefined && inForce.broken.length === 0) continue;
      const command = { name: 'policy.put', source, note: `From the file ${file}.`, expectedVersion: null } as const;
      const result = await submit(tenantId, command, engineActor);
      if (result.kind === 'refused')
        logger.warn('policies', 'A policy file is broken; what was in force stays.', {
          file,
          why: result.refusal.message,
        });
    }
  };
  const lookOnce = async () => {
    if (intake.depth() > busyDepth) return;
    await readPolicyFiles();
    for (const tenantId of reader.read(tenantsWithTokens)) {
      const look = reader.read((unit) => lookForRemedies(unit, tenantId, looked.get(tenantId) ?? 0, newId));
      looked.set(tenantId, look.sequence);
      if (look.proposals.length > 0)
        await submit(tenantId, { name: 'action.propose', proposals: look.proposals }, engineActor);
      const isAnythingOpen = reader.read((unit) =>
        unit
          .statement(
            `SELECT 1 FROM actions WHERE tenant_id = ? AND state IN ('proposed', 'approved', 'executed') LIMIT 1`,
          )
          .get(tenantId),
      );
      if (isAnythingOpen !== undefined) await submit(tenantId, { name: 'action.tick', around: around() }, engineActor);
    }
    wake();
  };
  let looking: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  return {
    executorName: executor?.name ?? null,
    document: deps.readAdr,
    around,
    shelf,
    submit,
    async submitHalted(tenantId, command, actor, trace) {
      dispatcher.halt(tenantId);
      try {
        return await submit(tenantId, command, actor, trace);
      } finally {
        dispatcher.resume(tenantId);
      }
    },
    wake,
    async start() {
      await submit('', { name: 'execution.recover', around: around() }, engineActor);
      timer = setInterval(() => {
        looking ??= lookOnce()
          .catch(sayIfFailed('look'))
          .finally(() => {
            looking = null;
          });
      }, deps.lookIntervalMilliseconds);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await looking;
      await dispatcher.stop();
    },
  };
}
