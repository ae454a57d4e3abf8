import type { Session } from 'electron';
import { consoleHost, isOwnPage } from './own-pages.ts';

/** The only permission granted: writing plain text to the clipboard, so that the console's copy buttons work. */
const grantedPermission = 'clipboard-sanitized-write';

/** Whether a page may have a permission: only the console, only the one above. */
export function isPermissionGranted(permission: string, pageAddress: string): boolean {
  return permission === grantedPermission && isOwnPage(pageAddress, consoleHost);
}

/** Makes a session refuse every permission and device, except what `isPermissionGranted` allows. */
export function denyPermissions(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isPermissionGranted(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermissionGranted(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}
