import type { ClientContext, ClientLink } from '@orpc/client';

/**
 * What carries calls to the engine. Chosen once at start: a message port in the desktop shell, HTTP in a browser.
 * The link below a transport may be replaced (a port that closed); the client above it stays the same.
 */
export interface ConsoleTransport {
  readonly kind: 'message-port' | 'http';
  /** The link for the next call; a new one when the last was lost. Rejects when the engine cannot be reached. */
  link(): Promise<ClientLink<ClientContext>>;
  /** Gives up the present link, which went silent; the next call gets a new one. */
  drop(): void;
}

/** Headers to send with every call; asked anew for each. */
export type HeaderSource = () => Record<string, string>;
