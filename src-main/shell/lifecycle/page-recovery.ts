import type { RenderProcessGoneDetails, WebContents } from 'electron';

/** A page that dies again within this time is not loaded a third time. */
const repeatWithinMilliseconds = 60_000;

export interface PageRecoveryOptions {
  readonly contents: Pick<WebContents, 'on' | 'reload'>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly onGone: (details: RenderProcessGoneDetails) => void;
  /** Called instead of a reload when the page dies again and again. */
  readonly onHopeless: (details: RenderProcessGoneDetails) => void;
}

/** Loads a page again whose process died; gives up when it dies twice within a minute. */
export function recoverPage(options: PageRecoveryOptions): void {
  let lastGoneAt: number | null = null;
  options.contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    options.onGone(details);
    const now = options.clock();
    const repeated = lastGoneAt !== null && now - lastGoneAt < repeatWithinMilliseconds;
    lastGoneAt = now;
    if (repeated) options.onHopeless(details);
    else options.contents.reload();
  });
}
