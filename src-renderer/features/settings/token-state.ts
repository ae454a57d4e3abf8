import type { Token } from '#shared/api/console.ts';

/** Whether a token is taken by the engine at `now` (milliseconds since the epoch). */
export function tokenState(token: Token, now: number): 'works' | 'revoked' | 'expired' {
  if (token.revoked_at !== null) return 'revoked';
  return token.expires_at !== null && Date.parse(token.expires_at) <= now ? 'expired' : 'works';
}
