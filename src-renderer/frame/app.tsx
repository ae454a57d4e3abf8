import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { ClockContext } from '../state/clock.ts';
import { ConsoleContext } from '../state/hooks.ts';
import { theme } from '../theme/theme.ts';
import { AnnouncerProvider } from './announcer.tsx';
import styles from './app.module.css';
import { Frame } from './frame.tsx';
import { HotkeyContext } from './keys/use-hotkeys.ts';
import type { Services } from './start-console.ts';

/** The console: everything it needs around the frame. */
export function App({ services }: { readonly services: Services }) {
  return (
    <ConsoleContext value={services.console}>
      <ClockContext value={services.clock}>
        <HotkeyContext value={services.hotkeys}>
          <MantineProvider theme={theme} defaultColorScheme="auto">
            <AnnouncerProvider>
              <Notifications
                position="bottom-right"
                limit={4}
                autoClose={6000}
                classNames={{ root: styles.notifications }}
              />
              <Frame bridge={services.bridge} />
            </AnnouncerProvider>
          </MantineProvider>
        </HotkeyContext>
      </ClockContext>
    </ConsoleContext>
  );
}
