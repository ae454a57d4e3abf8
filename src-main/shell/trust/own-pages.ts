/** Scheme under which every page of the shell is served. */
export const appScheme = 'app';

/** Host of the console's pages: `app://console/…`. */
export const consoleHost = 'console';

/** Host of the page shown when the engine could not start: `app://failure/…`. */
export const failureHost = 'failure';

/** Address of the console's first page. */
export const consoleUrl = `${appScheme}://${consoleHost}/`;

/** Address of the page that says why the engine could not start. */
export const failureUrl = `${appScheme}://${failureHost}/`;

/**
 * Whether an address is a page of the shell on the given host.
 * Compares parsed parts, never text: `URL.origin` is `null` for schemes of our own, so scheme, host, port and user are compared one by one.
 */
export function isOwnPage(address: string, host: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.hostname === host &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}
