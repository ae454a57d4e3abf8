/**
 * The bridge of the console page: sandboxed, in a world of its own. It exposes the functions of `ShellBridge` and nothing else;
 * no Electron object and no IPC event reaches the page.
 */
import { contextBridge, ipcRenderer } from 'electron';
import {
  connectAnswerSchema,
  consolePathSchema,
  consolePortMessageSchema,
  type ShellBridge,
  shellBridgeName,
} from '#shared/shell-bridge.ts';
import { channels } from '#shell/console-connection/channels.ts';

function createOpenPathRelay(): (callback: (path: string) => void) => () => void {
  const callbacks = new Set<(path: string) => void>();
  let waiting: string | null = null;
  ipcRenderer.on(channels.openPath, (_event, received: unknown) => {
    const path = consolePathSchema.safeParse(received);
    if (!path.success) return;
    if (callbacks.size === 0) waiting = path.data;
    for (const callback of callbacks) callback(path.data);
  });
  return (callback) => {
    callbacks.add(callback);
    if (waiting !== null) callback(waiting);
    waiting = null;
    return () => {
      callbacks.delete(callback);
    };
  };
}

ipcRenderer.on(channels.consolePort, (event, received: unknown) => {
  const message = consolePortMessageSchema.safeParse(received);
  const port = event.ports[0];
  if (message.success && port !== undefined) window.postMessage(message.data, window.location.origin, [port]);
});

const bridge: ShellBridge = {
  platform: process.platform,
  connect: async (requestId) => {
    try {
      return connectAnswerSchema.parse(await ipcRenderer.invoke(channels.connect, requestId));
    } catch {
      return { ok: false, code: 'ENGINE_NOT_RUNNING', message: 'The desktop shell did not answer.' };
    }
  },
  onOpenPath: createOpenPathRelay(),
};

contextBridge.exposeInMainWorld(shellBridgeName, bridge);
