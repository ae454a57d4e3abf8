import { startEngineProcess } from './engine-process.ts';
import type { HostStarter } from './running-host.ts';

/** The engine under plain Node, its console in Chromium over HTTP. */
export const startHeadlessHost: HostStarter = async ({ dataFolder, arguments: further, openBrowser }) => {
  const engine = await startEngineProcess(['--data-dir', dataFolder, ...further]);
  try {
    const browser = await openBrowser();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(engine.consoleUrl);
    return {
      name: 'headless',
      dataFolder,
      url: engine.url,
      page,
      origins: [new URL(engine.consoleUrl).origin],
      stop: async () => {
        await context.close();
        return engine.stop();
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
};
