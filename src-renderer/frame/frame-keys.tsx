import { useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useLocation } from 'wouter';
import { useHotkeyGroup } from './keys/use-hotkeys.ts';
import { screens } from './screens.ts';

/** The keys that work on every screen. */
export function FrameKeys({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const [, navigate] = useLocation();
  const { toggleColorScheme } = useMantineColorScheme();
  useHotkeyGroup('Everywhere', [
    { keys: 'mod+k', label: 'command palette', run: () => spotlight.toggle() },
    { keys: '?', label: 'this map', run: onShowKeys },
    { keys: 'g d', label: 'dark or light', run: toggleColorScheme },
  ]);
  useHotkeyGroup(
    'Go to',
    screens.flatMap(({ path, rail }) =>
      rail === undefined ? [] : [{ keys: `g ${rail.key}`, label: rail.label.toLowerCase(), run: () => navigate(path) }],
    ),
  );
  return null;
}
