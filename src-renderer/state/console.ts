import type { Session } from '#shared/api/console.ts';
import type { ConsoleClient } from '#shared/api/contract.ts';
import { describeError } from '../console-api/call-error.ts';
import { type Connection, type ConnectionPorts, createConnection } from '../console-api/connection.ts';
import { type ConsoleStore, createConsoleStore } from './console-store.ts';
import { createLiveFeed, type LiveFeed, type Schedule } from './live-feed.ts';
import type { TenantChoice } from './tenant-choice.ts';

/** The calls that the console makes by itself; screens make all the others. */
export interface FollowingClient {
  readonly console: Pick<ConsoleClient['console'], 'session' | 'stream'>;
}

/** Everything that a console window works with. Made once, at the start of the page. */
export interface Console<C extends FollowingClient = ConsoleClient> {
  readonly client: C;
  readonly store: ConsoleStore;
  readonly feed: LiveFeed;
  /** Asks who we are, then follows the stream. */
  start(): void;
  stop(): void;
  /** Connects at once instead of waiting for the countdown. */
  retryNow(): void;
  /** Shows another tenant of the session. */
  selectTenant(tenantId: string): void;
  /** Asks again who we are, after a first token created the first tenant. */
  refreshSession(): Promise<void>;
}

/** How often to ask whether there is a tenant by now, in milliseconds. */
const firstRunInterval = 3_000;

/** What the console is built from. */
export interface ConsoleParts<C extends FollowingClient> extends Omit<ConnectionPorts, 'openStream'> {
  readonly client: C;
  readonly tenantChoice: TenantChoice;
  readonly schedule: Schedule;
}

/** Wires client, connection and store. Nothing runs before `start`. */
export function createConsole<C extends FollowingClient>(parts: ConsoleParts<C>): Console<C> {
  const { client, tenantChoice } = parts;
  const store = createConsoleStore();
  const feed = createLiveFeed(store, parts.schedule);

  const connection: Connection = createConnection(
    {
      ...parts,
      openStream: async (input, signal, alive) => {
        await refreshSession();
        while (store.getState().tenantId === null && !signal.aborted) {
          alive();
          await pause(firstRunInterval);
          await refreshSession();
        }
        return await client.console.stream(input, { signal });
      },
    },
    { onState: (state) => store.setState({ connection: state }), onItem: feed.take },
  );

  const pause = (milliseconds: number) => new Promise<void>((resolve) => void parts.after(milliseconds, resolve));

  /** Asks for the session; a tenant chosen earlier that the engine refuses now is given up. */
  async function askSession(): Promise<Session> {
    try {
      return await client.console.session();
    } catch (error) {
      if (tenantChoice.current() === null || describeError(error).status !== 403) throw error;
      tenantChoice.forget();
      return await client.console.session();
    }
  }

  async function refreshSession(): Promise<void> {
    try {
      const session = await askSession();
      const before = store.getState().tenantId;
      const tenantId = tenantChoice.settle(session);
      store.setState({ session: { phase: 'ready', session }, tenantId });
      if (before === tenantId) return;
      feed.clear();
      if (before !== null) connection.restart();
    } catch (error) {
      if (store.getState().session.phase !== 'ready') {
        store.setState({ session: { phase: 'failed', error: describeError(error) } });
      }
      throw error;
    }
  }

  return {
    client,
    store,
    feed,
    start: connection.start,
    stop: connection.stop,
    retryNow: connection.retryNow,
    refreshSession,
    selectTenant(tenantId) {
      if (tenantId === store.getState().tenantId) return;
      tenantChoice.choose(tenantId);
      store.setState({ tenantId });
      feed.clear();
      connection.restart();
    },
  };
}
