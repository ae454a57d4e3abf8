import { describe, expect, it } from 'vitest';
import { keyCaps, pressName } from '#renderer/frame/keys/chord.ts';
import { createHotkeyRegistry } from '#renderer/frame/keys/hotkeys.ts';

function keyboard() {
  const registry = createHotkeyRegistry();
  const ran: string[] = [];
  const add = (name: string, ...keys: string[]) =>
    registry.add({
      name,
      hotkeys: keys.map((key) => ({ keys: key, label: key, run: () => ran.push(`${name}:${key}`) })),
    });
  return { registry, ran, add };
}

describe('keys', () => {
  it('run what they stand for', () => {
    const { registry, ran, add } = keyboard();
    add('list', 'j', 'k');
    expect(registry.press('j', 0)).toBe('ran');
    expect(registry.press('z', 10)).toBe('nothing');
    expect(ran).toEqual(['list:j']);
  });

  it('run sequences, and single keys again when a sequence leads nowhere', () => {
    const { registry, ran, add } = keyboard();
    add('go', 'g s', 'g a');
    add('list', 'a', 'j');
    expect(registry.press('g', 0)).toBe('waiting');
    expect(registry.press('a', 100)).toBe('ran');
    expect(registry.press('g', 200)).toBe('waiting');
    expect(registry.press('j', 300)).toBe('ran');
    expect(ran).toEqual(['go:g a', 'list:j']);
  });

  it('forget the start of a sequence after a while', () => {
    const { registry, ran, add } = keyboard();
    add('go', 'g a');
    add('list', 'a');
    registry.press('g', 0);
    registry.press('a', 1_600);
    expect(ran).toEqual(['list:a']);
  });

  it('belong to what was added last, until it is removed', () => {
    const { registry, ran, add } = keyboard();
    add('frame', 'escape');
    const remove = add('dialog', 'escape');
    registry.press('escape', 0);
    remove();
    registry.press('escape', 10);
    expect(ran).toEqual(['dialog:escape', 'frame:escape']);
  });

  it('do nothing while they are off', () => {
    const { registry } = keyboard();
    registry.add({ name: 'list', hotkeys: [{ keys: 'a', label: 'ack', isEnabled: false, run: () => undefined }] });
    expect(registry.press('a', 0)).toBe('nothing');
  });

  it('are named by what is typed', () => {
    const press = { ctrlKey: false, metaKey: false, altKey: false };
    expect(pressName({ ...press, key: '?' })).toBe('?');
    expect(pressName({ ...press, key: 'Enter' })).toBe('enter');
    expect(pressName({ ...press, key: 'K', ctrlKey: true })).toBe('mod+k');
    expect(pressName({ ...press, key: 'Shift' })).toBeNull();
    expect(pressName({ ...press, key: 'j', altKey: true })).toBeNull();
  });

  it('are shown as they stand on the keyboard', () => {
    expect(keyCaps('g s', false)).toEqual(['g', 's']);
    expect(keyCaps('mod+k', false)).toEqual(['Ctrl K']);
    expect(keyCaps('mod+k', true)).toEqual(['⌘ K']);
  });
});
