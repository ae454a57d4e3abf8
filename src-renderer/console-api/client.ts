import { createORPCClient, DynamicLink } from '@orpc/client';
import type { ConsoleClient } from '#shared/api/contract.ts';
import type { ConsoleTransport } from './transport.ts';

/** A typed client of the console API over `transport`. It outlives lost connections: each call takes the transport's current link. */
export function createConsoleClient(transport: ConsoleTransport): ConsoleClient {
  return createORPCClient<ConsoleClient>(new DynamicLink(() => transport.link()));
}
