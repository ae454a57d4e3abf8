import { describe, expect, it } from 'vitest';
import { createExternalLinkOpener, isAllowedExternalLink } from '#shell/trust/external-links.ts';
import { isOwnPage } from '#shell/trust/own-pages.ts';
import { isPermissionGranted } from '#shell/trust/permissions.ts';
import { isTrustedSender, type SenderEvent } from '#shell/trust/trusted-sender.ts';

const lookAlikes = [
  'https://console/',
  'app://console.evil.example/',
  'app://evil.example/app://console/',
  'app://evil.example/#app://console/',
  'app://console:8080/',
  'app://user@console/',
  'app://console@evil.example/',
  'apps://console/',
  'app:console/',
  'file:///app://console/',
  'data:text/html,app://console/',
  'javascript:app://console/',
  'about:blank',
  '',
];

describe('isOwnPage', () => {
  it.each(['app://console/', 'app://console/incidents/1?tab=x#y', 'app://console'])('knows %s', (address) => {
    expect(isOwnPage(address, 'console')).toBe(true);
  });

  it.each(lookAlikes)('is not taken in by %j', (address) => {
    expect(isOwnPage(address, 'console')).toBe(false);
  });

  it('tells the hosts of the shell apart', () => {
    expect(isOwnPage('app://failure/', 'console')).toBe(false);
  });
});

describe('isTrustedSender', () => {
  const event = (senderFrame: SenderEvent['senderFrame'], id = 1): SenderEvent => ({ senderFrame, sender: { id } });
  const isOwnWindow = (id: number): boolean => id === 1;

  it('trusts the top frame of the console in an own window', () => {
    expect(isTrustedSender(event({ url: 'app://console/alarms', parent: null }), isOwnWindow)).toBe(true);
  });

  it('refuses a frame inside the console, even with the console in it', () => {
    const parent = { url: 'app://console/', parent: null };
    expect(isTrustedSender(event({ url: 'app://console/', parent }), isOwnWindow)).toBe(false);
  });

  it('refuses a frame that is gone', () => {
    expect(isTrustedSender(event(null), isOwnWindow)).toBe(false);
  });

  it('refuses a window that the shell did not open', () => {
    expect(isTrustedSender(event({ url: 'app://console/', parent: null }, 2), isOwnWindow)).toBe(false);
  });

  it.each(lookAlikes)('refuses the top frame at %j', (url) => {
    expect(isTrustedSender(event({ url, parent: null }), isOwnWindow)).toBe(false);
  });
});

describe('external links', () => {
  const hosts = ['www.rfc-editor.org'];

  it.each(['https://www.rfc-editor.org/rfc/rfc8632', 'https://www.rfc-editor.org:443/'])('allows %s', (address) => {
    expect(isAllowedExternalLink(address, hosts)).toBe(true);
  });

  it.each([
    'http://www.rfc-editor.org/',
    'https://www.rfc-editor.org.evil.example/',
    'https://evil.example/www.rfc-editor.org',
    'https://www.rfc-editor.org@evil.example/',
    'https://user@www.rfc-editor.org/',
    'https://www.rfc-editor.org:8443/',
    'file:///etc/passwd',
    'smb://www.rfc-editor.org/share',
    'javascript:alert(1)',
    'pedkai://open/alarms',
    'no address',
  ])('refuses %s', (address) => {
    expect(isAllowedExternalLink(address, hosts)).toBe(false);
  });

  it('hands over what is allowed and reports the rest', () => {
    const opened: string[] = [];
    const refused: string[] = [];
    const shell = {
      openExternal: async (address: string) => {
        opened.push(address);
      },
    };
    const open = createExternalLinkOpener(shell, hosts, (address) => refused.push(address));
    expect(open('https://www.rfc-editor.org/x')).toBe(true);
    expect(open('file:///etc/passwd')).toBe(false);
    expect(opened).toEqual(['https://www.rfc-editor.org/x']);
    expect(refused).toEqual(['file:///etc/passwd']);
  });
});

describe('permissions', () => {
  it('lets the console write to the clipboard and nothing else', () => {
    expect(isPermissionGranted('clipboard-sanitized-write', 'app://console/settings')).toBe(true);
    for (const permission of ['clipboard-read', 'media', 'geolocation', 'notifications', 'hid', 'openExternal'])
      expect(isPermissionGranted(permission, 'app://console/')).toBe(false);
  });

  it('lets no other page do so', () => {
    for (const address of ['app://failure/', ...lookAlikes])
      expect(isPermissionGranted('clipboard-sanitized-write', address)).toBe(false);
  });
});
