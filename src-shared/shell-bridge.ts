/**
 * What the desktop shell gives to the console page, and how the page receives its message port.
 * The preload exposes one object as `window.pedkai`; in a browser that object does not exist.
 *
 * Hand-over of the port (a port cannot cross the context bridge, so it travels as a window message):
 * 1. The page makes up a request id (`crypto.randomUUID()`) and starts to listen for `message` on `window`.
 * 2. The page calls `window.pedkai.connect(requestId)`.
 * 3. The shell answers `{ ok: true }`, and the preload posts one message to the page's own window: `event.source === window`,
 *    `event.origin === location.origin`, `event.data` passes `consolePortMessageSchema` with the same `request_id`,
 *    `event.ports[0]` is the port. The answer and the message may come in either order; wait for both.
 *    `{ ok: false }` means that no port will come; `message` is one line fit for the screen.
 * 4. The page gives the port to oRPC's message-port `RPCLink` and then calls `port.start()`.
 * 5. A `close` event on the port means that the connection is lost (the engine stopped or restarts): begin again at 1.
 *    Each page may hold one port; a second `connect` closes the first port.
 */
import { z } from 'zod';

/** Name of the property of `window` that holds the `ShellBridge`. */
export const shellBridgeName = 'pedkai';

/** Value of `kind` in the window message that carries the port. */
export const consolePortMessageKind = 'pedkai:console-port';

/** Shape of `event.data` in the window message that carries the port in `event.ports[0]`. */
export const consolePortMessageSchema = z.strictObject({
  kind: z.literal(consolePortMessageKind),
  request_id: z.string().min(1).max(100),
});
export type ConsolePortMessage = z.infer<typeof consolePortMessageSchema>;

/** Why the shell gave no port: the sender is not the console's own top frame, the request is malformed, or the engine is not running. */
export const connectRefusalCodes = ['SENDER_REFUSED', 'BAD_REQUEST', 'ENGINE_NOT_RUNNING'] as const;
export type ConnectRefusalCode = (typeof connectRefusalCodes)[number];

/** Answer to `connect`. */
export const connectAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), code: z.enum(connectRefusalCodes), message: z.string() }),
]);
export type ConnectAnswer = z.infer<typeof connectAnswerSchema>;

/** Path inside the console with query and fragment, e.g. `/incidents/0199…?tab=timeline`. Never a whole URL. */
export const consolePathSchema = z
  .string()
  .max(2000)
  .regex(/^\/(?!\/)[^\\\p{Cc}]*$/u);

/** The object at `window.pedkai`. Functions are wrapped by the context bridge; none of them throws. */
export interface ShellBridge {
  /** Node's name of the operating system: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** Asks for a port to the engine; the port itself comes as a window message, see the head of this file. */
  connect(requestId: string): Promise<ConnectAnswer>;
  /**
   * Calls back with the path to show when a person opens a `pedkai://` link or a notification.
   * A path that came before the first subscription is delivered at once. Answers the unsubscribe.
   */
  onOpenPath(callback: (path: string) => void): () => void;
}
