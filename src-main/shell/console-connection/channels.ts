/** Channels between preload and shell. There are no others: everything else goes over the console's message port. */
export const channels = {
  /** Page → shell, answered with a `ConnectAnswer`. Argument: the request id. */
  connect: 'pedkai:connect',
  /** Shell → preload, with one port. Argument: a `ConsolePortMessage`. */
  consolePort: 'pedkai:console-port',
  /** Shell → preload. Argument: the path to show. */
  openPath: 'pedkai:open-path',
} as const;
