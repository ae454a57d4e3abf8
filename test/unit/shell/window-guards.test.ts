import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardWindow } from '#shell/trust/window-guards.ts';
import { windowOptions } from '#shell/windows/window-options.ts';
import { preventableEvent, recordedListeners } from './electron-parts.ts';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

describe('guardWindow', () => {
  let listeners = recordedListeners();
  let openHandler: OpenHandler | null = null;
  let refused: [string, string][] = [];
  let external: string[] = [];

  beforeEach(() => {
    listeners = recordedListeners();
    openHandler = null;
    refused = [];
    external = [];
    guardWindow(
      {
        on: listeners.on,
        setWindowOpenHandler: (handler) => {
          openHandler = handler;
        },
      },
      {
        host: 'console',
        openExternal: (address) => external.push(address),
        onRefused: (attempt, address) => refused.push([attempt, address]),
      },
    );
  });

  const emit = (name: string, url: string, isMainFrame: boolean): boolean => {
    const event = preventableEvent({ url, isMainFrame });
    listeners.emit(name, event);
    return event.wasPrevented();
  };

  it('lets the window move inside the console', () => {
    expect(emit('will-navigate', 'app://console/incidents', true)).toBe(false);
    expect(emit('will-redirect', 'app://console/', true)).toBe(false);
    expect(emit('will-frame-navigate', 'app://console/', false)).toBe(false);
    expect(refused).toEqual([]);
  });

  it.each([
    ['will-navigate', true, 'navigation'],
    ['will-redirect', true, 'redirect'],
    ['will-frame-navigate', false, 'frame navigation'],
  ] as const)('stops %s to a look-alike and says so once', (name, isMainFrame, attempt) => {
    expect(emit(name, 'app://console.evil.example/', isMainFrame)).toBe(true);
    expect(refused).toEqual([[attempt, 'app://console.evil.example/']]);
  });

  it('does not report a top navigation twice', () => {
    emit('will-navigate', 'https://evil.example/', true);
    emit('will-frame-navigate', 'https://evil.example/', true);
    expect(refused).toHaveLength(1);
  });

  it('stops embedded views', () => {
    const event = preventableEvent({});
    listeners.emit('will-attach-webview', event, {}, { src: 'app://console/' });
    expect(event.wasPrevented()).toBe(true);
  });

  it('opens no window, not even for its own pages, and offers the address to the list', () => {
    const details = {
      frameName: '',
      features: '',
      referrer: { url: '', policy: 'no-referrer' as const },
      postBody: null,
    };
    for (const url of ['app://console/', 'https://www.rfc-editor.org/']) {
      const answer: unknown = Reflect.apply(openHandler ?? expect.fail('no handler'), undefined, [
        { ...details, url, disposition: 'new-window' },
      ]);
      expect(answer).toEqual({ action: 'deny' });
    }
    expect(external).toEqual(['app://console/', 'https://www.rfc-editor.org/']);
  });
});

describe('windowOptions', () => {
  const { webPreferences } = windowOptions({ preload: '/p.cjs', title: 'T', width: 1, height: 1, dark: true });

  it('sandboxes the page, keeps its world apart and gives it no Node', () => {
    expect(webPreferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      preload: '/p.cjs',
    });
  });

  it('gives no preload to a window without a bridge', () => {
    const options = windowOptions({ preload: null, title: 'T', width: 1, height: 1, dark: false });
    expect(options.webPreferences).not.toHaveProperty('preload');
  });
});
