import type { CDPSession } from 'playwright';
import { isolatedWorld } from '../page/isolated-world.ts';
import { mainWorld } from '../page/main-world.ts';
import type { FromPage, ToPage } from '../page/messages.ts';
import { decodeWire, encodeWire } from '../page/wire.ts';
import { toElectronAddress } from './addresses.ts';

/** Name of the binding through which a preload's world speaks; `<name>Receive` is the way back. */
export const bindingName = 'standInPreload';
/** Name of the world that a preload runs in. */
export const preloadWorld = 'Electron Isolated Context';
const eventPrefix = 'stand-in-bridge-';

/** A frame of a page, addresses as Electron reports them. */
export interface LinkedFrame {
  readonly url: string;
  readonly parent: LinkedFrame | null;
}

export interface PageLinkOptions {
  readonly session: CDPSession;
  /** Source of the preload; null for a window without one. */
  readonly preload: string | null;
  /** A message from a page's preload world; `context` names the world to answer to. */
  readonly onMessage: (message: FromPage, frame: LinkedFrame | null, context: number) => void;
  /** A preload world is gone, by navigation or with its page. */
  readonly onContextGone: (context: number) => void;
}

export interface PageLink {
  /** Sends to one preload world; a world that is gone is passed over. */
  send(context: number, message: ToPage): void;
  /** The preload world of the top frame; null before there is one. */
  topContext(): number | null;
  topFrame(): LinkedFrame;
}

/** Connects a page with the stand-in: runs the preload in a world of its own in each top document, follows frames, carries messages. */
export async function linkPage({ session, preload, onMessage, onContextGone }: PageLinkOptions): Promise<PageLink> {
  const frames = new Map<string, { url: string; readonly parentId: string | undefined }>();
  const contexts = new Map<number, string>();
  let topFrameId = '';

  const describe = (id: string | undefined): LinkedFrame | null => {
    const frame = id === undefined ? undefined : frames.get(id);
    return frame === undefined ? null : { url: toElectronAddress(frame.url), parent: describe(frame.parentId) };
  };

  session.on('Page.frameAttached', ({ frameId, parentFrameId }) =>
    frames.set(frameId, { url: 'about:blank', parentId: parentFrameId }),
  );
  session.on('Page.frameNavigated', ({ frame }) => frames.set(frame.id, { url: frame.url, parentId: frame.parentId }));
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    const frame = frames.get(frameId);
    if (frame !== undefined) frame.url = url;
  });
  session.on('Page.frameDetached', ({ frameId }) => frames.delete(frameId));
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === preloadWorld) contexts.set(context.id, String(context.auxData?.frameId));
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (contexts.delete(executionContextId)) onContextGone(executionContextId);
  });
  session.on('Runtime.executionContextsCleared', () => {
    const gone = [...contexts.keys()];
    contexts.clear();
    for (const context of gone) onContextGone(context);
  });
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== bindingName) return;
    onMessage(decodeWire<FromPage>(payload), describe(contexts.get(executionContextId)), executionContextId);
  });

  await session.send('Page.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  topFrameId = frameTree.frame.id;
  frames.set(topFrameId, { url: frameTree.frame.url, parentId: undefined });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: bindingName, executionContextName: preloadWorld });
  const wire = `${encodeWire}\n${decodeWire}`;
  const inTopDocument = (source: string): string => `if (window === window.top) { ${wire}\n${source}\n}`;
  if (preload !== null) {
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: inTopDocument(`(${mainWorld})(${JSON.stringify(eventPrefix)});`),
    });
    const parameters = [bindingName, eventPrefix, process.platform].map((value) => JSON.stringify(value)).join(', ');
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: preloadWorld,
      source: inTopDocument(
        `const found = (${isolatedWorld})(${parameters});
        const module = { exports: {} };
        (function (require, process, module, exports) {${preload}\n})(found.require, found.process, module, module.exports);`,
      ),
    });
  }

  return {
    send: (context, message) => {
      session
        .send('Runtime.evaluate', {
          contextId: context,
          expression: `${bindingName}Receive(${JSON.stringify(encodeWire(message))})`,
        })
        .catch(() => undefined);
    },
    topContext: () => {
      for (const [context, frame] of contexts) if (frame === topFrameId) return context;
      return null;
    },
    topFrame: () => describe(topFrameId) ?? { url: '', parent: null },
  };
}
