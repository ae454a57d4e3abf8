import type { Page } from '@playwright/test';
import type { ElectronParts } from '#shell/run-shell.ts';
import type { HostName } from '#test/support/hosts/running-host.ts';

/** A process of the built shell, on Electron or on its stand-in. */
export interface Desktop {
  readonly name: HostName;
  /** The next window's page that is not given out yet, once it is on a page of the shell. */
  nextPage(): Promise<Page>;
  /** Pages of all windows that are open. */
  pages(): readonly Page[];
  /** Address of a page as Electron reports it. */
  addressOf(page: Page): string;
  /** Address at which the browser reaches a page of `app://…`. */
  browserAddress(address: string): string;
  /**
   * Runs a function in the shell's process with Electron's parts. The function is sent as text: it sees its parameters only.
   * Rejects with its error.
   */
  evaluate<Result, Argument>(
    run: (electron: ElectronParts, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Settles with the exit code when the process has ended; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What the process wrote on stderr so far. */
  log(): string;
  /** Starts the shell once more on the same data folder, and waits until that second process ends. */
  startAgain(commandArguments: readonly string[]): Promise<{ readonly code: number | null; readonly log: string }>;
  /** Asks the process to end as an operating system does (SIGTERM) and waits. */
  stop(): Promise<number | null>;
}

/** A desktop on the stand-in, with what only the stand-in can tell. */
export interface StandInDesktop extends Desktop {
  /** Options that each window was made with, oldest first. */
  windowOptions(): Promise<readonly Electron.BrowserWindowConstructorOptions[]>;
  /** Invokes a channel from the preload's world of a frame inside the newest window's page, as a page that was taken over could. */
  invokeFromFrame(address: string, channel: string, parameters: readonly unknown[]): Promise<unknown>;
}

export interface DesktopStart {
  readonly dataFolder: string;
  readonly arguments: readonly string[];
  /** Added to the environment of the test. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The built main script; the project's own one if left out. */
  readonly shellEntry?: string;
}
