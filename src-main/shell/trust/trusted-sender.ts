import type { IpcMainInvokeEvent, WebFrameMain } from 'electron';
import { consoleHost, isOwnPage } from './own-pages.ts';

/** What the gate reads of the frame that sent a message. */
export type SenderFrame = Pick<WebFrameMain, 'url'> & { readonly parent: object | null };

/** The part of an IPC event that tells who sent it. Electron's own events fit. */
export type SenderEvent = {
  readonly senderFrame: SenderFrame | null;
  readonly sender: Pick<IpcMainInvokeEvent['sender'], 'id'>;
};

/**
 * Whether a message comes from the top frame of the console in one of the shell's own windows.
 * A frame that has navigated away or is gone (`null`) is not trusted.
 */
export function isTrustedSender(event: SenderEvent, isOwnWindow: (webContentsId: number) => boolean): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOwnPage(frame.url, consoleHost) && isOwnWindow(event.sender.id);
}
