import type { Scope } from '#shared/vocabulary/scopes.ts';
import type { DecidingActor } from '../actions/commands/decide-command.ts';

/** Who is asking, as proved by a token or by being the console of this workstation. */
export interface Caller {
  /** The tenant that the caller works for. Null only for a console on an engine that has no tenant yet. */
  readonly tenantId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  /** The name that stands behind what the caller does. */
  readonly operator: string;
  /** Who decides, when something is decided: the person who is signed in, else the token or the console itself. */
  readonly actor: DecidingActor;
  /** The session that the caller came with; null without one, or when it does not hold. */
  readonly sessionId: string | null;
  readonly isConsole: boolean;
  /** Tenants that the caller may work for. */
  readonly tenants: readonly string[];
}

/** Why somebody is not let in. */
export interface Denial {
  readonly code: 'UNAUTHORIZED' | 'FORBIDDEN';
  readonly message: string;
}

export type Authentication =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly denial: Denial };
