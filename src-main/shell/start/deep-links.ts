import { consolePathSchema } from '#shared/shell-bridge.ts';

/** Scheme of the links that open a view of the console from outside: `pedkai://open/incidents/…`. */
export const deepLinkScheme = 'pedkai';

/** Path of the console that a `pedkai://open/…` link means, with query and fragment; null for anything else. */
export function readDeepLink(link: string): string | null {
  const url = URL.parse(link);
  if (url === null || url.protocol !== `${deepLinkScheme}:` || url.hostname !== 'open' || url.port !== '') return null;
  const path = consolePathSchema.safeParse(`${url.pathname === '' ? '/' : url.pathname}${url.search}${url.hash}`);
  return path.success ? path.data : null;
}

/** The first link among a command line's arguments that means a path of the console; null if there is none. */
export function findDeepLink(commandLine: readonly string[]): string | null {
  for (const argument of commandLine) {
    const path = argument.startsWith(`${deepLinkScheme}:`) ? readDeepLink(argument) : null;
    if (path !== null) return path;
  }
  return null;
}
