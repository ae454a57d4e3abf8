import { sessionHeader, tenantHeader } from '#shared/api/contract.ts';
import type { ShellBridge } from '#shared/shell-bridge.ts';
import { createConsoleClient } from '../console-api/client.ts';
import { takeConsoleKey } from '../console-api/console-key.ts';
import { createHttpTransport } from '../console-api/http-transport.ts';
import { createPortTransport, portPageOf } from '../console-api/port-transport.ts';
import { type Clock, createClock } from '../state/clock.ts';
import { type Console, createConsole } from '../state/console.ts';
import type { Schedule } from '../state/live-feed.ts';
import { personSecret } from '../state/person-session.ts';
import { createTenantChoice } from '../state/tenant-choice.ts';
import { createHotkeyRegistry, type HotkeyRegistry } from './keys/hotkeys.ts';

/** What the whole page works with. */
export interface Services {
  readonly console: Console;
  readonly clock: Clock;
  readonly hotkeys: HotkeyRegistry;
  readonly bridge: ShellBridge | undefined;
}

/** How long changes are gathered before they are shown, in milliseconds: nobody reads faster, and a storm leaves time for keys. */
const interval = 80;
/** The same while the page is hidden. */
const hiddenInterval = 500;

/** Puts the page together: the message port of the desktop shell when there is a bridge, HTTP otherwise. */
export function startConsole(page: Window, bridge: ShellBridge | undefined): Services {
  const tenantChoice = createTenantChoice(page.sessionStorage);
  const headers = (): Record<string, string> => {
    const tenantId = tenantChoice.current();
    const person = personSecret(page.sessionStorage);
    return {
      ...(tenantId === null ? {} : { [tenantHeader]: tenantId }),
      ...(person === null ? {} : { [sessionHeader]: person }),
    };
  };
  const transport =
    bridge === undefined
      ? createHttpTransport(
          page.location.origin,
          takeConsoleKey({ location: page.location, history: page.history, storage: page.sessionStorage }),
          headers,
        )
      : createPortTransport(bridge, portPageOf(page), headers);

  let shownAt = 0;
  const schedule: Schedule = (callback) => {
    const show = () => {
      callback();
      shownAt = page.performance.now();
    };
    if (page.document.hidden) page.setTimeout(show, hiddenInterval);
    else
      page.setTimeout(() => page.requestAnimationFrame(show), Math.max(0, shownAt + interval - page.performance.now()));
  };

  const console = createConsole({
    client: createConsoleClient(transport),
    tenantChoice,
    schedule,
    dropLink: transport.drop,
    now: Date.now,
    random: Math.random,
    after(milliseconds, callback) {
      const timer = page.setTimeout(callback, milliseconds);
      return () => page.clearTimeout(timer);
    },
  });
  console.start();
  return { console, clock: createClock(Date.now), hotkeys: createHotkeyRegistry(), bridge };
}
