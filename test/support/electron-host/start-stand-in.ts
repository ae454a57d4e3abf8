import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findBrowser } from '#build/checks/find-browser.mjs';
import type { DesktopStart, StandInDesktop } from './desktop.ts';
import { toBrowserAddress, toElectronAddress } from './stand-in/addresses.ts';
import { type FromStandIn, fromStandInSchema, type ToStandIn } from './stand-in/control-messages.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const register = new URL('./register.ts', import.meta.url).href;
const builtShell = fileURLToPath(new URL('../../../out/main/index.js', import.meta.url));
const startMilliseconds = 30_000;

type Question = ToStandIn extends infer Message ? (Message extends unknown ? Omit<Message, 'call'> : never) : never;

/** Starts the built shell on the stand-in. Answers at once; `nextPage` waits for its window. */
export function startStandIn(start: DesktopStart): StandInDesktop {
  const chromiumPath = findChromium();
  const shell = spawn(
    process.execPath,
    ['--import', register, start.shellEntry ?? builtShell, '--data-dir', start.dataFolder, ...start.arguments],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...start.environment, STAND_IN_CHROMIUM: chromiumPath },
    },
  );
  let log = '';
  for (const stream of [shell.stdout, shell.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  const ended = once(shell, 'close').then(() => shell.exitCode);
  const waiting = new Map<number, (answer: Extract<FromStandIn, { kind: 'answer' }>) => void>();
  let lastCall = 0;
  const endpoint = new Promise<string>((resolve, reject) => {
    ended.then((code) => reject(new Error(`The shell ended with ${code} before it had a window.\n${log}`)));
    shell.on('message', (message) => {
      const told = fromStandInSchema.parse(message);
      if (told.kind === 'browser') resolve(told.endpoint);
      if (told.kind === 'answer') waiting.get(told.call)?.(told);
    });
  });
  endpoint.catch(() => undefined);

  const ask = async (question: Question): Promise<unknown> => {
    await endpoint;
    lastCall += 1;
    const call = lastCall;
    const answer = await new Promise<Extract<FromStandIn, { kind: 'answer' }>>((resolve, reject) => {
      waiting.set(call, resolve);
      ended.then((code) => reject(new Error(`The shell ended with ${code} before it answered.\n${log}`)));
      shell.send({ ...question, call });
    });
    waiting.delete(call);
    if (answer.error !== null) throw new Error(answer.error);
    return answer.value;
  };

  let attached: Promise<BrowserContext> | null = null;
  const attach = (): Promise<BrowserContext> => {
    attached ??= endpoint.then(async (address) => {
      const connected = await chromium.connectOverCDP(address);
      const context = connected.contexts()[0];
      if (context === undefined) throw new Error('The stand-in has a browser without a context.');
      return context;
    });
    return attached;
  };
  const isWindow = (page: Page): boolean => toElectronAddress(page.url()).startsWith('app://');
  const given = new Set<Page>();
  let context: BrowserContext | null = null;

  return {
    name: 'stand-in',
    nextPage: async () => {
      context = await attach();
      const present = context;
      const found = await new Promise<Page>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`No window within ${startMilliseconds / 1000} s.\n${log}`)),
          startMilliseconds,
        );
        ended.then((code) => reject(new Error(`The shell ended with ${code} before it had a window.\n${log}`)));
        const consider = (page: Page): void => {
          const check = (): void => {
            if (!isWindow(page) || given.has(page)) return;
            clearTimeout(timer);
            resolve(page);
          };
          page.on('framenavigated', check);
          check();
        };
        present.on('page', consider);
        present.pages().forEach(consider);
      });
      given.add(found);
      await found.waitForLoadState('load');
      return found;
    },
    pages: () => context?.pages().filter(isWindow) ?? [],
    addressOf: (page) => toElectronAddress(page.url()),
    browserAddress: toBrowserAddress,
    evaluate: async <Result, Argument>(
      run: (
        electron: Parameters<Parameters<StandInDesktop['evaluate']>[0]>[0],
        argument: Argument,
      ) => Result | Promise<Result>,
      argument: Argument,
    ) => claim<Result>(await ask({ kind: 'evaluate', source: String(run), argument })),
    ended,
    log: () => log,
    startAgain: async (commandArguments) => {
      const second = startStandIn({ ...start, arguments: commandArguments });
      return { code: await second.ended, log: second.log() };
    },
    stop: async () => {
      if (shell.exitCode === null && shell.signalCode === null) shell.kill('SIGTERM');
      return ended;
    },
    windowOptions: async () => claim<Electron.BrowserWindowConstructorOptions[]>(await ask({ kind: 'window-options' })),
    invokeFromFrame: (frame, channel, parameters) =>
      ask({ kind: 'invoke-from-frame', frame, channel, parameters: [...parameters] }),
  };
}

/** The browser that who started the tests named; looking for one anew would start it once more for each test. */
function findChromium(): string {
  const { PEDKAI_CHROMIUM: named } = process.env;
  if (named !== undefined && named !== '') return named;
  const browser = findBrowser(root);
  if (!browser.ok) throw new Error(browser.reason);
  return browser.path;
}

/** Takes over a type that crossed the process boundary by agreement: what `evaluate` returned there is what it returns here. */
function claim<Result>(value: unknown): Result;
function claim(value: unknown): unknown {
  return value;
}
