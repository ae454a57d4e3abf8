import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from '#engine/settings/default-data-folder.ts';

describe('defaultDataFolder', () => {
  it('follows XDG_DATA_HOME on Linux', () => {
    const folder = defaultDataFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/srv/data' }, home: '/home/ana' });
    expect(folder).toBe('/srv/data/pedkai');
  });

  it.each([{}, { XDG_DATA_HOME: '' }, { XDG_DATA_HOME: 'relative/data' }])(
    'falls back to ~/.local/share on Linux when the environment says %o',
    (env) => {
      expect(defaultDataFolder({ platform: 'linux', env, home: '/home/ana' })).toBe('/home/ana/.local/share/pedkai');
    },
  );

  it('uses Application Support on macOS, whatever XDG_DATA_HOME says', () => {
    const folder = defaultDataFolder({ platform: 'darwin', env: { XDG_DATA_HOME: '/x' }, home: '/Users/ana' });
    expect(folder).toBe('/Users/ana/Library/Application Support/Pedkai');
  });

  it('uses the roaming profile on Windows', () => {
    const env = { APPDATA: 'D:\\Profiles\\ana\\Roaming' };
    const folder = defaultDataFolder({ platform: 'win32', env, home: 'C:\\Users\\ana' });
    expect(folder).toBe('D:\\Profiles\\ana\\Roaming\\Pedkai');
  });

  it('finds the roaming profile on Windows without APPDATA', () => {
    const folder = defaultDataFolder({ platform: 'win32', env: {}, home: 'C:\\Users\\ana' });
    expect(folder).toBe('C:\\Users\\ana\\AppData\\Roaming\\Pedkai');
  });
});
