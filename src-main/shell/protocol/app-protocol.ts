import { join } from 'node:path';
import { consoleContentSecurityPolicy } from '#shared/content-security-policy.ts';
import { consoleHost, failureHost } from '../trust/own-pages.ts';
import { contentTypeOf } from './content-types.ts';
import { resolveFile } from './resolve-file.ts';

export interface AppProtocolOptions {
  /** Folder of the built console. */
  readonly consoleFolder: string;
  /** Reads a file; rejects with `code: 'ENOENT'` (or `EISDIR`) where there is none. */
  readonly readFile: (file: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** The page that says why the engine could not start, as HTML. */
  readonly failurePage: () => string;
  /** Its style sheet. */
  readonly failureStyle: string;
}

/** What the page that reports a failed start may load: its own style sheet; no script at all. */
const failurePolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const headersOf = (contentType: string, policy: string): Record<string, string> => ({
  'content-type': contentType,
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
});

/** Answers every request for `app://…`: the console's files with its views, and the page for a failed start. */
export function createAppProtocol(options: AppProtocolOptions): (request: Request) => Promise<Response> {
  const plain = (status: number, text: string): Response =>
    new Response(text, { status, headers: headersOf('text/plain; charset=utf-8', failurePolicy) });

  const sendFile = async (file: string): Promise<Response> => {
    try {
      return new Response(await options.readFile(file), {
        headers: headersOf(contentTypeOf(file), consoleContentSecurityPolicy),
      });
    } catch (error) {
      if (isMissing(error)) return plain(404, 'There is no such file in the console.');
      throw error;
    }
  };

  return async (request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET') return plain(405, 'Only GET is served here.');
    if (url.hostname === failureHost) {
      if (url.pathname === '/')
        return new Response(options.failurePage(), { headers: headersOf('text/html; charset=utf-8', failurePolicy) });
      if (url.pathname === '/style.css')
        return new Response(options.failureStyle, { headers: headersOf('text/css; charset=utf-8', failurePolicy) });
      return plain(404, 'There is no such page.');
    }
    if (url.hostname !== consoleHost) return plain(404, 'There is no such host.');
    const target = resolveFile(options.consoleFolder, url.pathname);
    if (target.kind === 'refused') return plain(403, 'This path leads outside the console.');
    return sendFile(target.kind === 'view' ? join(options.consoleFolder, 'index.html') : target.file);
  };
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR')
  );
}
