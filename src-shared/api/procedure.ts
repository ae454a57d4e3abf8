import { oc } from '@orpc/contract';
import type { Scope } from '#shared/vocabulary/scopes.ts';
import { commonErrors } from './errors.ts';

/** What the API needs to know of a procedure beyond its schemas. */
export interface ProcedureMeta extends Record<string, unknown> {
  /** The scope a caller must hold. */
  readonly scope: Scope;
  /** Follows what happens as it happens, so that it need not wait long for what was accepted before it was asked for. */
  readonly isLive?: boolean;
}

/** Starts every procedure of the contract: common errors, and ADMIN unless the procedure names its scope. */
const base = oc.$meta<ProcedureMeta>({ scope: 'ADMIN' }).errors(commonErrors);

/** A procedure that callers with `scope` may use. */
export function procedure(scope: Scope, { isLive = false }: Pick<ProcedureMeta, 'isLive'> = {}) {
  return base.meta({ scope, isLive });
}
