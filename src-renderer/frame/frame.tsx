import { useDocumentTitle } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { ShellBridge } from '#shared/shell-bridge.ts';
import { useConnection, useConsoleState, useSituation } from '../state/hooks.ts';
import { BottomBar } from './bottom-bar.tsx';
import { CommandPalette } from './command-palette.tsx';
import styles from './frame.module.css';
import { FrameKeys } from './frame-keys.tsx';
import { KeyMap } from './key-map.tsx';
import { useHotkeyListener } from './keys/use-hotkeys.ts';
import { Rail } from './rail.tsx';
import { ScreenOutlet } from './screen-outlet.tsx';
import { TopBar } from './top-bar.tsx';

/** Follows links that people open outside: `pedkai://` addresses and notifications. */
function useOpenPath(bridge: ShellBridge | undefined): void {
  const [, navigate] = useLocation();
  useEffect(() => bridge?.onOpenPath((path) => navigate(path)), [bridge, navigate]);
}

/** What the window's title says: seen in the task bar when another window is in front. */
function useTitle(): void {
  const count = useSituation().happenings.length;
  const { phase } = useConnection();
  const says = phase === 'lost' ? 'Engine gone · ' : count > 0 ? `${count} happening · ` : '';
  useDocumentTitle(`${says}Pedkai`);
}

/** Top bar, rail, the screen, bottom bar. */
export function Frame({ bridge }: { readonly bridge: ShellBridge | undefined }) {
  const [isKeyMapOpen, setKeyMapOpen] = useState(false);
  const isIn = useConsoleState(
    ({ session, connection }) => session.phase === 'ready' && connection.phase !== 'refused',
  );
  useHotkeyListener();
  useOpenPath(bridge);
  useTitle();

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#screen">
        Skip to the screen
      </a>
      <FrameKeys onShowKeys={() => setKeyMapOpen(true)} />
      <TopBar />
      {isIn ? <Rail /> : <div className={styles.railSpace} />}
      <main className={styles.screen} id="screen" tabIndex={-1}>
        <ScreenOutlet />
      </main>
      <BottomBar onShowKeys={() => setKeyMapOpen(true)} />
      <CommandPalette onShowKeys={() => setKeyMapOpen(true)} />
      <KeyMap isOpen={isKeyMapOpen} onClose={() => setKeyMapOpen(false)} />
    </div>
  );
}
