import type { Outcome, Role } from '#shared/vocabulary/actions.ts';
import type { ActorKind } from '#shared/vocabulary/actors.ts';
import type { ExecutorAnswer } from '../../executors/executor.ts';
import type { AdrOption } from '../../gate/adr-options.ts';
import type { AdrSignature } from '../../gate/signatures.ts';
import type { Credentials } from '../../people/passphrases.ts';
import type { Proposal } from '../propose.ts';

/** Who asks for something, as proved by a session, a token, or being the workstation's console. */
export interface DecidingActor {
  readonly kind: ActorKind;
  /** Tells people and tokens apart; names may be alike. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** The engine itself. */
export const engineActor: DecidingActor = { kind: 'engine', id: 'engine', name: 'engine', roles: [] };

/** What the writer cannot see for itself and is told with a command. */
export interface Surroundings {
  /** Hash of ADR-001 as it is on disk at this moment; null when it cannot be read. */
  readonly documentHash: string | null;
  readonly executorConfigured: boolean;
}

/** What people, clients and the engine's own services may ask in the matter of deciding and acting. */
export type DecideCommand =
  | { readonly name: 'action.propose'; readonly proposals: readonly Proposal[] }
  | { readonly name: 'action.approve'; readonly actionId: string; readonly note: string }
  | { readonly name: 'action.reject'; readonly actionId: string; readonly reason: string }
  | { readonly name: 'action.execute'; readonly actionId: string; readonly around: Surroundings }
  | {
      readonly name: 'action.outcome';
      readonly actionId: string;
      readonly outcome: Outcome;
      readonly note: string;
      readonly rating: number | null;
    }
  | { readonly name: 'action.tick'; readonly around: Surroundings }
  | { readonly name: 'execution.begin'; readonly executionId: string; readonly around: Surroundings }
  | {
      readonly name: 'execution.answer';
      readonly executionId: string;
      readonly attempt: number;
      readonly answer: ExecutorAnswer;
      readonly around: Surroundings;
    }
  | { readonly name: 'execution.recover'; readonly around: Surroundings }
  | {
      readonly name: 'policy.put';
      readonly source: string;
      readonly note: string;
      /** The version that the author saw; null stores whatever is there. */
      readonly expectedVersion: number | null;
    }
  | { readonly name: 'policy.withdraw'; readonly policy: string; readonly reason: string }
  | { readonly name: 'adr.choose'; readonly option: AdrOption; readonly reason: string }
  | { readonly name: 'adr.sign'; readonly signature: AdrSignature; readonly documentHash: string | null }
  | { readonly name: 'adr.revoke'; readonly reason: string }
  | { readonly name: 'gate.stop'; readonly reason: string }
  | { readonly name: 'gate.release'; readonly reason: string }
  | {
      readonly name: 'gate.autonomy';
      readonly optedIn: boolean;
      readonly allowedTypes: readonly string[];
      readonly rolloutShare: number;
      readonly reason: string;
    }
  | { readonly name: 'gate.self_test'; readonly passed: boolean; readonly report: readonly string[] }
  | {
      readonly name: 'person.create';
      readonly operatorId: string;
      readonly personName: string;
      readonly roles: readonly Role[];
      readonly credentials: Credentials;
    }
  | {
      readonly name: 'person.change';
      readonly operatorId: string;
      readonly roles: readonly Role[] | null;
      readonly credentials: Credentials | null;
      readonly disabled: boolean | null;
    }
  | {
      readonly name: 'session.start';
      readonly sessionId: string;
      readonly operatorId: string;
      readonly secretHash: string;
      readonly endsAt: number;
    }
  | { readonly name: 'session.end'; readonly sessionId: string; readonly why: string }
  | { readonly name: 'session.used'; readonly sessionId: string }
  | { readonly name: 'audit.refused'; readonly what: string; readonly subject: string; readonly why: string };

const families: ReadonlySet<string> = new Set([
  'action',
  'execution',
  'policy',
  'adr',
  'gate',
  'person',
  'session',
  'audit',
]);

/** Tells these commands from those of other nouns by the word before the dot. */
export function isDecideCommand<Other extends { readonly name: string }>(
  command: Other | DecideCommand,
): command is DecideCommand {
  return families.has(command.name.split('.', 1)[0] ?? '');
}
