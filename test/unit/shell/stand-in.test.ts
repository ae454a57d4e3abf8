import { describe, expect, it } from 'vitest';
import { decodeWire, encodeWire } from '#test/support/electron-host/page/wire.ts';
import { toBrowserAddress, toElectronAddress } from '#test/support/electron-host/stand-in/addresses.ts';
import { loud } from '#test/support/electron-host/stand-in/loud.ts';

describe('the stand-in for Electron', () => {
  it('names whatever the shell uses outside the slice', () => {
    const dialog = loud<Electron.Dialog, 'showErrorBox'>('dialog', { showErrorBox: () => undefined });
    expect(() => dialog.showErrorBox('', '')).not.toThrow();
    expect(() => dialog.showOpenDialogSync({})).toThrow('The Electron stand-in has no dialog.showOpenDialogSync');
  });

  it('carries values without changing them, or not at all', () => {
    const value = { text: 'ü', list: [1, null, { $: 'not a mark' }], bytes: new Uint8Array([0, 255]), none: null };
    expect(decodeWire<unknown>(encodeWire(value))).toEqual(value);
    expect(decodeWire<ArrayBuffer>(encodeWire(new Uint8Array([1, 2]).buffer))).toEqual(new Uint8Array([1, 2]).buffer);
    expect(decodeWire<unknown>(encodeWire(undefined))).toBeUndefined();
    for (const refused of [new Map(), new Date(0), Number.NaN, 1n, { deep: [() => undefined] }])
      expect(() => encodeWire(refused)).toThrow('cannot carry');
  });

  it('translates addresses of the shell and leaves others alone', () => {
    for (const address of ['app://console/', 'app://console/incidents/7?tab=x#y', 'app://failure/retry'])
      expect(toElectronAddress(toBrowserAddress(address))).toBe(address);
    for (const address of ['about:blank', 'https://app.invalid.example/', 'https://console.app.invalid.example/']) {
      expect(toBrowserAddress(address)).toBe(address);
      expect(toElectronAddress(address)).toBe(address);
    }
  });
});
