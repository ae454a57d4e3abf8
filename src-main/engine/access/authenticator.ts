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
  /** Looks everything up again: to be called when this engine itself makes or revokes a token. */
  forget(): void;
}

export interface AuthenticatorDeps {
  readonly reader: Reader;
  readonly clock: () => number;
  readonly consoleKey: string;
  /** The name under which the console works. */
  readonly consoleOperator: string;
  /** The tenant that the console shows when it does not ask for one. */
  readonly preferredTenant: string | undefined;
  /** Told when a token was found good; not at every request. */
  readonly onTokenUsed: (tokenId: string, at: number) => void;
}

/**
 * A token that was good is good for so long without another look, so that a source that sends thousands of alarms a
 * second costs few looks. A revocation by the command line takes effect after at most this time, one by
 * this engine at once.
 */
const trustMilliseconds = 200;
/** Headers remembered at most; far more than there are tokens in use. */
const rememberedMax = 1_000;

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
    deps.onTokenUsed(token.tokenId, clock());
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

  const judge = (authorization: string | undefined, tenant: string | undefined): Authentication => {
    const secret = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (secret === undefined) return denied('UNAUTHORIZED', 'A bearer token is needed: "Authorization: Bearer …".');
    return sameSecret(secret, deps.consoleKey) ? consoleCaller(tenant) : tokenCaller(secret);
  };
  const remembered = new Map<string, { readonly until: number; readonly authentication: Authentication }>();

  return {
    consoleCaller,
    forget: () => remembered.clear(),
    authenticate(authorization, tenant) {
      const key = `${authorization}\n${tenant ?? ''}`;
      const now = clock();
      const known = remembered.get(key);
      if (known !== undefined && now < known.until) return known.authentication;
      const authentication = judge(authorization, tenant);
      if (remembered.size >= rememberedMax) remembered.clear();
      if (authentication.ok) remembered.set(key, { until: now + trustMilliseconds, authentication });
      else remembered.delete(key);
      return authentication;
    },
  };
}
