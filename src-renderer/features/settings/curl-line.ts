import { curlCommand } from '#renderer/frame/guidance.ts';
import type { Token } from '#shared/api/console.ts';

/** A line to copy into a shell, and what it does. */
export interface CurlLine {
  readonly purpose: string;
  readonly command: string;
}

/**
 * A line that the token may use: sends an alarm with ALARM_WRITE, lists alarms with ALARM_READ; null for tokens that may
 * neither. `raisedAt` is ISO 8601 with an offset.
 */
export function curlLine(
  engineUrl: string,
  token: Pick<Token, 'scopes'> & { readonly secret: string },
  raisedAt: string,
): CurlLine | null {
  if (token.scopes.includes('ALARM_WRITE') || token.scopes.includes('ADMIN')) {
    return {
      purpose: 'This sends one alarm; it is on the screen a moment later.',
      command: curlCommand(engineUrl, raisedAt).replace('TOKEN', token.secret),
    };
  }
  if (token.scopes.includes('ALARM_READ')) {
    return {
      purpose: 'This lists the alarms of the tenant.',
      command: `curl '${engineUrl}/api/v1/alarms?limit=10' -H 'Authorization: Bearer ${token.secret}'`,
    };
  }
  return null;
}
