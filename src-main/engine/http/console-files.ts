import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { consoleContentSecurityPolicy } from '#shared/content-security-policy.ts';

const pageHeaders = {
  'content-security-policy': consoleContentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** The built console and the API's documentation, as static files. Every path of the console answers its one page. */
export function addConsoleFiles(app: FastifyInstance, consoleFolder: string | null): void {
  const swagger = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.register(fastifyStatic, { root: swagger, prefix: '/docs/assets/', index: false, decorateReply: false });
  app.get('/docs', { config: { open: true } }, (_request, reply) =>
    reply.headers(pageHeaders).type('text/html').send(documentationPage),
  );
  app.get('/docs/start.js', { config: { open: true } }, (_request, reply) =>
    reply.headers(pageHeaders).type('text/javascript').send(documentationScript),
  );
  app.get('/api/v1/docs', { config: { open: true } }, (_request, reply) => reply.redirect('/docs'));

  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/docs/') || route.url.startsWith('/assets/'))
      route.config = { ...route.config, open: true };
  });
  if (consoleFolder === null || !existsSync(path.join(consoleFolder, 'index.html'))) return;
  app.register(fastifyStatic, {
    root: path.join(consoleFolder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
  });
  const page = (
    _request: unknown,
    reply: { headers: (headers: Record<string, string>) => unknown; sendFile: (file: string, root: string) => unknown },
  ) => {
    reply.headers({ ...pageHeaders, 'cache-control': 'no-cache' });
    return reply.sendFile('index.html', consoleFolder);
  };
  app.get('/', { config: { open: true } }, page);
  app.get('/*', { config: { open: true } }, page);
}

const documentationPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pedkai API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head><body><div id="api"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;

const documentationScript = `window.SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#api', validatorUrl: null });`;
