import type { Protocol, Session } from 'electron';
import { toBrowserAddress, toElectronAddress } from './addresses.ts';
import { loud } from './loud.ts';

/** The default session, and the way from a browser's request to the handler of its scheme. */
export interface StandInSession {
  readonly defaultSession: Session;
  readonly protocol: Protocol;
  /** Told when Electron would be ready: from then on no scheme can be registered. */
  markReady(): void;
  /** The handler's answer to a request for an address as the browser knows it; null when no scheme of ours is meant. */
  answer(browserAddress: string, method: string): Promise<Response> | null;
}

export function createSession(): StandInSession {
  const handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  const privileged = new Set<string>();
  let ready = false;

  const protocol = loud<Protocol, 'handle' | 'registerSchemesAsPrivileged'>('protocol', {
    handle: (scheme, handler) => {
      // Electron's own handler type names its own copies of Request and Response, which are Node's.
      handlers.set(scheme, handler);
    },
    registerSchemesAsPrivileged: (schemes) => {
      if (ready) throw new Error('registerSchemesAsPrivileged must be called before the app is ready.');
      for (const { scheme, privileges } of schemes) {
        if (privileges?.standard === true && privileges.secure === true) privileged.add(scheme);
      }
    },
  });
  const defaultSession = loud<
    Session,
    | 'protocol'
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >('session', {
    protocol,
    // Headless Chromium grants nothing by itself; what the handlers decide is checked by unit tests and on Electron.
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
    setDisplayMediaRequestHandler: () => undefined,
  });

  return {
    defaultSession,
    protocol,
    markReady: () => {
      ready = true;
    },
    answer: (browserAddress, method) => {
      const address = toElectronAddress(browserAddress);
      const scheme = URL.parse(address)?.protocol.slice(0, -1) ?? '';
      const handler = handlers.get(scheme);
      if (handler === undefined || toBrowserAddress(address) === address) return null;
      if (!privileged.has(scheme)) throw new Error(`The scheme ${scheme} is not registered as standard and secure.`);
      return Promise.resolve(handler(new Request(address, { method })));
    },
  };
}
