import type { WebContents } from 'electron';
import { isOwnPage } from './own-pages.ts';

/** What the guards need of a window's contents. */
export type GuardedContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

export interface WindowGuardOptions {
  /** The only host of the shell's scheme that this window may show. */
  readonly host: string;
  /** Offers an address to the system's browser; the list behind it decides. */
  readonly openExternal: (address: string) => void;
  /** Told of each refusal: what was tried and the address. */
  readonly onRefused: (attempt: string, address: string) => void;
}

/**
 * Keeps a window on its own pages: navigation, redirects, frames, new windows and embedded views are refused
 * unless the address is a page of the window's own host. New windows are always refused.
 */
export function guardWindow(contents: GuardedContents, options: WindowGuardOptions): void {
  const refuseForeign = (attempt: string, event: { preventDefault(): void }, address: string): void => {
    if (!isOwnPage(address, options.host)) {
      event.preventDefault();
      options.onRefused(attempt, address);
    }
  };
  contents.on('will-navigate', (event) => refuseForeign('navigation', event, event.url));
  contents.on('will-redirect', (event) => refuseForeign('redirect', event, event.url));
  contents.on('will-frame-navigate', (event) => {
    // The top frame has its own event; judging it here too would log each refusal twice.
    if (!event.isMainFrame) refuseForeign('frame navigation', event, event.url);
  });
  contents.on('will-attach-webview', (event, _preferences, params) => {
    event.preventDefault();
    options.onRefused('embedded view', params.src ?? '');
  });
  contents.setWindowOpenHandler(({ url }) => {
    options.onRefused('new window', url);
    options.openExternal(url);
    return { action: 'deny' };
  });
}
