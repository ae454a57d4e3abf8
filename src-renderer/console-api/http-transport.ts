import { RPCLink } from '@orpc/client/fetch';
import type { ConsoleTransport, HeaderSource } from './transport.ts';

/** Where the engine answers console calls, on the origin that served the page. */
export const rpcPath = '/rpc';

/** Calls over HTTP with the console key as bearer token. Without a key the engine answers 401, which the console explains. */
export function createHttpTransport(
  origin: string,
  consoleKey: string | null,
  headers: HeaderSource,
): ConsoleTransport {
  const link = new RPCLink({
    url: `${origin}${rpcPath}`,
    headers: () => (consoleKey === null ? headers() : { ...headers(), authorization: `Bearer ${consoleKey}` }),
  });
  return { kind: 'http', link: () => Promise.resolve(link), drop: () => undefined };
}
