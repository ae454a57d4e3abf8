import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './theme/tokens.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type ShellBridge, shellBridgeName } from '#shared/shell-bridge.ts';
import { App } from './frame/app.tsx';
import { startConsole } from './frame/start-console.ts';

declare global {
  interface Window {
    readonly [shellBridgeName]?: ShellBridge;
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');

const services = startConsole(window, window[shellBridgeName]);
createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);
