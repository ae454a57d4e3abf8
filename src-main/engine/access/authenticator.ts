import { type Scope, scopes } from '#shared/vocabulary/scopes.ts';
import type { Reader } from '../store/database.ts';
import type { Authentication, Denial } from './caller.ts';
import { hashSecret, sameSecret } from './secrets.ts';
import { findTokenByHash, tenantsWithTokens } from './token-store.ts';

export interface Authenticator {
  /** Judges an `Authorization` header. `tenant` is what a console session asks to work for; a token decides by itself. */
  authenticate(authorization: string | undefined, tenant: string | undefined): Authentication;
  /** The console of this workstation, where the transport itself proves who asks (a message port). */
  consoleCaller(tenant: string | undefined): Authentication;
}

export interface AuthenticatorDeps {
  readonly reader: Reader;
  readonly clock: () => number;
  readonly consoleKey: string;
  /** The name under which the console works. */
  readonly consoleOperator: string;
  /** The tenant that the console shows when it does not ask for one. */
  readonly preferredTenant: string | undefined;
}

const allScopes: ReadonlySet<Scope> = new Set(scopes);
const denied = (code: Denial['code'], message: string): Authentication => ({ ok: false, denial: { code, message } });

export function createAuthenticator(deps: AuthenticatorDeps): Authenticator {
  const { reader, clock } = deps;

  const consoleCaller = (tenant: string | undefined): Authentication => {
    const tenants = reader.read(tenantsWithTokens);
    const preferred = tenants.find((known) => known === deps.preferredTenant) ?? tenants[0] ?? null;
    if (tenant !== undefined && !tenants.includes(tenant))
      return denied('FORBIDDEN', `This console has no tenant ${tenant}.`);
    return {
      ok: true,
      caller: {
        tenantId: tenant ?? preferred,
        scopes: allScopes,
        operator: deps.consoleOperator,
        isConsole: true,
        tenants,
      },
    };
  };

  const tokenCaller = (secret: string): Authentication => {
    const hash = hashSecret(secret);
    const token = reader.read((unit) => findTokenByHash(unit, hash));
    if (token === null) return denied('UNAUTHORIZED', 'The bearer token is not known here.');
    if (token.revokedAt !== null) return denied('UNAUTHORIZED', 'The bearer token was revoked.');
    if (token.expiresAt !== null && token.expiresAt <= clock())
      return denied('UNAUTHORIZED', 'The bearer token has expired.');
    return {
      ok: true,
      caller: {
        tenantId: token.tenantId,
        scopes: new Set(token.scopes),
        operator: token.name,
        isConsole: false,
        tenants: [token.tenantId],
      },
    };
  };

  return {
    consoleCaller,
    authenticate(authorization, tenant) {
      const secret = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
      if (secret === undefined) return denied('UNAUTHORIZED', 'A bearer token is needed: "Authorization: Bearer …".');
      return sameSecret(secret, deps.consoleKey) ? consoleCaller(tenant) : tokenCaller(secret);
    },
  };
}
