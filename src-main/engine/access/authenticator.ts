import { type Scope, scopes } from '#shared/vocabulary/scopes.ts';
import { scopesOf } from '../people/roles.ts';
import { findSession, type KnownSession, peopleExist, sessionProblem } from '../people/session-store.ts';
import type { Reader } from '../store/database.ts';
import type { Authentication, Caller, Denial } from './caller.ts';
import { hashSecret, sameSecret, sessionPrefix } from './secrets.ts';
import { findTokenByHash, tenantsWithTokens } from './token-store.ts';

export interface Authenticator {
  /** Judges an `Authorization` header. `tenant` is what a console session asks to work for; a token decides by itself. */
  authenticate(authorization: string | undefined, tenant: string | undefined, session?: string): Authentication;
  /** The console of this workstation, where the transport itself proves who asks (a message port). */
  consoleCaller(tenant: string | undefined, session?: string): Authentication;
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
  /** Told when a session was found good; not at every request. */
  readonly onSessionUsed: (sessionId: string) => void;
  /** Told once when somebody comes with a session that does not hold any more. */
  readonly onSessionRefused: (session: KnownSession, why: string) => void;
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
const deciding: readonly Scope[] = ['ADMIN', 'ACTION_APPROVE', 'CUSTOMER_WRITE'];
const undecidingScopes: ReadonlySet<Scope> = new Set(scopes.filter((scope) => !deciding.includes(scope)));
const denied = (code: Denial['code'], message: string): Authentication => ({ ok: false, denial: { code, message } });

export function createAuthenticator(deps: AuthenticatorDeps): Authenticator {
  const { reader, clock } = deps;

  const refusedSessions = new Set<string>();

  /** The session behind a secret while it holds; null otherwise, and whoever watches is told once. */
  const sessionOf = (secret: string): KnownSession | null => {
    const hash = hashSecret(secret);
    const session = reader.read((unit) => findSession(unit, hash));
    const problem = sessionProblem(session, clock());
    if (problem === null && session !== null) {
      deps.onSessionUsed(session.sessionId);
      return session;
    }
    if (refusedSessions.size >= rememberedMax) refusedSessions.clear();
    if (session !== null && !refusedSessions.has(hash)) deps.onSessionRefused(session, problem ?? '');
    refusedSessions.add(hash);
    return null;
  };

  /** The caller with the person who is signed in: as much as both may do. */
  const withPerson = (caller: Caller, session: KnownSession, scopesBefore: ReadonlySet<Scope>): Caller => ({
    ...caller,
    scopes: new Set([...scopesOf(session.roles)].filter((scope) => scopesBefore.has(scope))),
    operator: session.name,
    actor: { kind: 'person', id: session.operatorId, name: session.name, roles: session.roles },
    sessionId: session.sessionId,
  });

  const consoleCaller = (tenant: string | undefined, sessionSecret?: string): Authentication => {
    const tenants = reader.read(tenantsWithTokens);
    const preferred = tenants.find((known) => known === deps.preferredTenant) ?? tenants[0] ?? null;
    if (tenant !== undefined && !tenants.includes(tenant))
      return denied('FORBIDDEN', `This console has no tenant ${tenant}.`);
    const session = sessionSecret === undefined ? null : sessionOf(sessionSecret);
    const caller: Caller = {
      tenantId: tenant ?? preferred,
      // Once there are people, the console decides nothing without knowing who sits at it.
      scopes: reader.read(peopleExist) ? undecidingScopes : allScopes,
      operator: deps.consoleOperator,
      actor: { kind: 'console', id: 'console', name: deps.consoleOperator, roles: [] },
      sessionId: null,
      isConsole: true,
      tenants,
    };
    return { ok: true, caller: session === null ? caller : withPerson(caller, session, allScopes) };
  };

  const tokenCaller = (secret: string, sessionSecret: string | undefined): Authentication => {
    const hash = hashSecret(secret);
    const token = reader.read((unit) => findTokenByHash(unit, hash));
    if (token === null) return denied('UNAUTHORIZED', 'The bearer token is not known here.');
    if (token.revokedAt !== null) return denied('UNAUTHORIZED', 'The bearer token was revoked.');
    if (token.expiresAt !== null && token.expiresAt <= clock())
      return denied('UNAUTHORIZED', 'The bearer token has expired.');
    deps.onTokenUsed(token.tokenId, clock());
    const caller: Caller = {
      tenantId: token.tenantId,
      scopes: new Set(token.scopes),
      operator: token.name,
      actor: { kind: 'token', id: token.tokenId, name: token.name, roles: [] },
      sessionId: null,
      isConsole: false,
      tenants: [token.tenantId],
    };
    if (sessionSecret === undefined) return { ok: true, caller };
    const session = sessionOf(sessionSecret);
    if (session === null) return denied('UNAUTHORIZED', 'The session has ended or is locked; sign in again.');
    return { ok: true, caller: withPerson(caller, session, caller.scopes) };
  };

  /** A session's secret as bearer token: a person without a console, as a script of theirs would have it. */
  const sessionCaller = (secret: string, tenant: string | undefined): Authentication => {
    const session = sessionOf(secret);
    if (session === null) return denied('UNAUTHORIZED', 'The session has ended or is locked; sign in again.');
    const console = consoleCaller(tenant);
    return console.ok
      ? { ok: true, caller: { ...withPerson(console.caller, session, allScopes), isConsole: false } }
      : console;
  };

  const judge = (authorization: string | undefined, tenant: string | undefined, session?: string): Authentication => {
    const secret = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (secret === undefined) return denied('UNAUTHORIZED', 'A bearer token is needed: "Authorization: Bearer …".');
    if (sameSecret(secret, deps.consoleKey)) return consoleCaller(tenant, session);
    return secret.startsWith(sessionPrefix) ? sessionCaller(secret, tenant) : tokenCaller(secret, session);
  };
  const remembered = new Map<string, { readonly until: number; readonly authentication: Authentication }>();

  return {
    consoleCaller,
    forget: () => remembered.clear(),
    authenticate(authorization, tenant, session) {
      // A header holds no line feed, so that they cannot run into each other; sources send the first one only.
      const isSource = tenant === undefined && session === undefined;
      const key = isSource ? (authorization ?? '') : [authorization, tenant ?? '', session ?? ''].join('\n');
      const now = clock();
      const known = remembered.get(key);
      if (known !== undefined && now < known.until) return known.authentication;
      const authentication = judge(authorization, tenant, session);
      if (remembered.size >= rememberedMax) remembered.clear();
      if (authentication.ok) remembered.set(key, { until: now + trustMilliseconds, authentication });
      else remembered.delete(key);
      return authentication;
    },
  };
}
