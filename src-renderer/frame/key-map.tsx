import { Modal } from '@mantine/core';
import { Key } from '../components/key.tsx';
import styles from './key-map.module.css';
import type { Hotkey } from './keys/hotkeys.ts';
import { useHotkeyGroups } from './keys/use-hotkeys.ts';

/** Groups of the same name joined, in the order in which they came. */
function useKeysByName(): [string, Hotkey[]][] {
  const groups = useHotkeyGroups();
  const byName = new Map<string, Hotkey[]>();
  for (const group of groups) {
    const visible = group.hotkeys.filter((hotkey) => hotkey.isHidden !== true);
    byName.set(group.name, [...(byName.get(group.name) ?? []), ...visible]);
  }
  return [...byName].filter(([, hotkeys]) => hotkeys.length > 0);
}

/** Every key that works at the moment, screen by screen. */
export function KeyMap({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const groups = useKeysByName();
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size="lg">
      <div className={styles.groups}>
        {groups.map(([name, hotkeys]) => (
          <section key={name} className={styles.group}>
            <h3>{name}</h3>
            <dl>
              {hotkeys.map((hotkey) => (
                <div key={hotkey.keys} data-off={hotkey.isEnabled === false || undefined}>
                  <dt>
                    <Key keys={hotkey.keys} />
                  </dt>
                  <dd>{hotkey.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
