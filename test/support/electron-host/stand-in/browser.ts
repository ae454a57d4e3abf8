import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page, type Route } from 'playwright';
import type { StandInSession } from './session.ts';

/** Whether a navigation may go on. `top` tells the page's own document from that of a frame in it. */
export type NavigationVerdict = (page: Page, browserAddress: string, top: boolean) => boolean;

export interface StandInBrowser {
  newPage(): Promise<Page>;
  /** Address at which a test can attach to the same pages. */
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface BrowserOptions {
  /** Chromium's executable; null lets Playwright take its own. */
  readonly executable: string | null;
  /** Where Chromium keeps the storage of the pages, so that it lasts from one start to the next. */
  readonly profileFolder: string;
  readonly session: StandInSession;
  readonly mayNavigate: NavigationVerdict;
  /** A page that no window stands for, opened by a page; `address` is what it would load. */
  readonly onStrayPage: (page: Page) => void;
}

/** Starts the Chromium whose pages are the windows. Nothing but this machine can be reached from it. */
export async function startBrowser(options: BrowserOptions): Promise<StandInBrowser> {
  mkdirSync(options.profileFolder, { recursive: true });
  const context = await chromium.launchPersistentContext(options.profileFolder, {
    ...(options.executable === null ? {} : { executablePath: options.executable }),
    headless: true,
    // Each window has its own size, set when its page is made.
    viewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--remote-debugging-port=0',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      // One process a page, so that frames of any origin are seen through the page's own session.
      '--disable-site-isolation-trials',
      '--disable-features=IsolateOrigins,site-per-process',
    ],
  });
  const [port] = readFileSync(join(options.profileFolder, 'DevToolsActivePort'), 'utf8').split('\n');
  const own = new Set<Page>();
  let opening = 0;

  await context.route('**/*', (route) => answerRequest(route, own, options));
  context.on('page', (page) => {
    if (opening === 0) options.onStrayPage(page);
  });

  return {
    endpoint: `http://127.0.0.1:${port}`,
    newPage: async () => {
      opening += 1;
      try {
        const page = await context.newPage();
        own.add(page);
        return page;
      } finally {
        opening -= 1;
      }
    },
    close: () => context.close(),
  };
}

async function answerRequest(route: Route, own: ReadonlySet<Page>, options: BrowserOptions): Promise<void> {
  const request = route.request();
  const page = pageOf(route);
  if (page === null || !own.has(page)) return route.abort('blockedbyclient');
  if (request.isNavigationRequest() && !options.mayNavigate(page, request.url(), request.frame() === page.mainFrame()))
    return route.abort('aborted');
  const answer = options.session.answer(request.url(), request.method());
  if (answer === null) return route.continue();
  const response = await answer;
  if (response.status >= 300 && response.status < 400)
    throw new Error('The Electron stand-in does not carry redirects from a protocol handler.');
  return route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** The page that a request belongs to; null while a page that was just opened has no frame yet. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page();
  } catch {
    return null;
  }
}
