import type { Shell } from 'electron';

/** Publishers of the standards that the console cites; nothing else is handed to the system's browser. */
export const citedHosts: readonly string[] = ['www.rfc-editor.org', 'www.itu.int', 'www.3gpp.org', 'www.etsi.org'];

/** Whether an address may be handed to the system's browser: https, a listed host, its usual port, no user name in it. */
export function isAllowedExternalLink(address: string, allowedHosts: readonly string[]): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    allowedHosts.includes(url.hostname)
  );
}

/** Opens an address in the system's browser if it is on the list; says whether it was handed over. */
export function createExternalLinkOpener(
  shell: Pick<Shell, 'openExternal'>,
  allowedHosts: readonly string[],
  onRefused: (address: string) => void,
): (address: string) => boolean {
  return (address) => {
    if (!isAllowedExternalLink(address, allowedHosts)) {
      onRefused(address);
      return false;
    }
    shell.openExternal(address).catch(() => onRefused(address));
    return true;
  };
}
