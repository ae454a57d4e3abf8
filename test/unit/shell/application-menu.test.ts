import { describe, expect, it } from 'vitest';
import { applicationMenu } from '#shell/menu/application-menu.ts';

const rolesOf = (platform: NodeJS.Platform): string[] =>
  applicationMenu(platform).flatMap(({ role, submenu }) => [
    ...(role === undefined ? [] : [role]),
    ...(Array.isArray(submenu) ? submenu.flatMap((item) => item.role ?? []) : []),
  ]);

describe('applicationMenu', () => {
  it("begins with the application's own menu on macOS, and lets every platform quit, edit and zoom", () => {
    expect(applicationMenu('darwin')[0]).toEqual({ role: 'appMenu' });
    expect(rolesOf('linux')).toContain('quit');
    for (const platform of ['linux', 'win32', 'darwin'] as const)
      expect(rolesOf(platform)).toEqual(
        expect.arrayContaining(['editMenu', 'zoomIn', 'togglefullscreen', 'windowMenu']),
      );
  });

  it('offers no developer tools', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      expect(rolesOf(platform)).not.toContain('toggleDevTools');
      expect(rolesOf(platform)).not.toContain('viewMenu');
    }
  });
});
