import type { Browser, Page } from '@playwright/test';

/** The three ways to run the console under test; a report names the host of each test. */
export type HostName = 'headless' | 'stand-in' | 'electron';

/** A console that runs, with its engine, on a data folder of its own. */
export interface RunningHost {
  readonly name: HostName;
  /** Absolute path. */
  readonly dataFolder: string;
  /** Base address of the engine's HTTP listener, without a trailing slash. */
  readonly url: string;
  /** The console, open on its home page. */
  readonly page: Page;
  /** Origins that the console may load from; everything else is a foreign network request. */
  readonly origins: readonly string[];
  /** Ends the host as a user or an operating system would, and waits for it. @returns its exit code */
  stop(): Promise<number>;
}

export interface HostStart {
  readonly dataFolder: string;
  /** Further arguments of the console, such as `--demo`. */
  readonly arguments: readonly string[];
  /** Chromium for hosts that show the console in it; started at the first call. */
  readonly openBrowser: () => Promise<Browser>;
}

/** Starts one kind of host; rejects with what the host said when it does not come up. */
export type HostStarter = (start: HostStart) => Promise<RunningHost>;
