import { startElectronHost, startStandInHost } from '#test/support/electron-host/desktop-host.ts';
import { startHeadlessHost } from './headless-host.ts';
import type { HostName, HostStarter } from './running-host.ts';

/** Every kind of host that the end-to-end specs run on; each is a project of Playwright's. */
export const hostStarters: ReadonlyMap<HostName, HostStarter> = new Map([
  ['headless', startHeadlessHost],
  ['stand-in', startStandInHost],
  ['electron', startElectronHost],
]);
