/**
 * Chromium cannot be taught a scheme from outside, so a page of `app://console/x` is loaded from
 * `https://console.app.invalid/x`: a secure origin of its own, with a name that never resolves (RFC 2606).
 * Everything that the code under test sees is translated back.
 */
const suffix = 'app.invalid';

/** The address that Chromium loads for an address of the shell's scheme; other addresses stay as they are. */
export function toBrowserAddress(address: string): string {
  const match = /^app:\/\/([^/?#]+)(.*)$/s.exec(address);
  return match === null ? address : `https://${match[1]}.${suffix}${match[2] === '' ? '/' : match[2]}`;
}

/** The address that Electron would report for one that Chromium reports. */
export function toElectronAddress(address: string): string {
  const match = new RegExp(`^https://([^/?#]+)\\.${suffix.replace('.', '\\.')}(/.*)?$`, 's').exec(address);
  return match === null ? address : `app://${match[1]}${match[2] ?? '/'}`;
}
