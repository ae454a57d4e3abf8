import { isIP } from 'node:net';

/** Why a request is refused before its token is looked at; null when it may go on. */
export type GuardVerdict = string | null;

/**
 * Keeps other web pages out: a page in the same browser can send requests here, and a name that somebody points at
 * 127.0.0.1 (DNS rebinding) looks local. So the `Host` must be loopback or a configured name, and an `Origin`, which
 * browsers add, must be this engine's own.
 */
export function guardRequest(
  host: string | undefined,
  origin: string | undefined,
  names: readonly string[],
): GuardVerdict {
  const authority = parseAuthority(host);
  if (authority === null) return 'The Host header is missing or malformed.';
  if (!isLoopback(authority.hostname) && !isNamed(authority.hostname, names))
    return `The Host ${authority.hostname} is not a name of this engine.`;
  if (origin === undefined) return null;
  const from = parseOrigin(origin);
  return from !== null && from === authority.host ? null : `The Origin ${origin} is foreign.`;
}

/** Verdicts remembered at most; browsers and sources use few different headers. */
const rememberedMax = 200;

/** The guard for one listener. It remembers its verdicts, because every request of a source brings the same headers. */
export function createRequestGuard(
  names: readonly string[],
): (host: string | undefined, origin: string | undefined) => GuardVerdict {
  const verdicts = new Map<string, GuardVerdict>();
  return (host, origin) => {
    const key = `${host ?? ''}\n${origin ?? ''}`;
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = guardRequest(host, origin, names);
    if (verdicts.size >= rememberedMax) verdicts.clear();
    verdicts.set(key, verdict);
    return verdict;
  };
}

function parseAuthority(host: string | undefined): { readonly hostname: string; readonly host: string } | null {
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  const url = new URL(`http://${host}`);
  if (url.pathname !== '/' || url.username !== '' || url.search !== '') return null;
  return { hostname: url.hostname.replace(/^\[|\]$/g, ''), host: url.host };
}

function parseOrigin(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const url = new URL(origin);
  return url.protocol === 'http:' ? url.host : null;
}

/** Names are compared without regard to case, as DNS does (RFC 4343). `hostname` is in lower case already. */
function isNamed(hostname: string, names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === hostname);
}

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  const version = isIP(hostname);
  return version === 4 ? hostname.startsWith('127.') : version === 6 && hostname === '::1';
}
