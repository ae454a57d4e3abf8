import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createWebhookExecutor } from '#engine/executors/webhook-executor.ts';

const order = {
  executionId: 'x-1',
  tenantId: 'acme',
  actionId: 'a-1',
  actionType: 'restart_cell',
  entityId: 'CELL-1',
  attempt: 1,
  orderedAt: '2026-11-22T12:00:00.000Z',
};

/** What an executor answers when its receiver behaves like this. */
async function answerOf(listener: RequestListener, timeoutSeconds = 5, stop = new AbortController().signal) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const settings = { url: `http://127.0.0.1:${port}/`, secret: 's'.repeat(32), timeoutSeconds };
  return createWebhookExecutor(settings, () => 0).execute(order, stop);
}

describe('a webhook', () => {
  it.each([
    ['does it', 200, '{"status":"done","message":"ok"}', 'done'],
    ['says that it failed', 200, '{"status":"failed"}', 'failed'],
    ['answers garbage', 200, '<html>', 'failed'],
    ['answers another status', 200, '{"status":"perhaps"}', 'failed'],
    ['accepts and says nothing', 202, '', 'failed'],
    ['refuses', 403, '', 'failed'],
    ['sends elsewhere', 302, '', 'retry'],
    ['is overloaded', 503, '', 'retry'],
    ['asks for patience', 429, '', 'retry'],
  ])('that %s is understood', async (_what, status, body, kind) => {
    const answer = await answerOf((_request, response) => {
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end(body);
    });
    expect(answer.kind).toBe(kind);
  });

  it('that never answers is given up in time, and may be tried again', async () => {
    expect(await answerOf(() => undefined, 0.05)).toEqual({ kind: 'retry', message: 'No answer within 0.05 s.' });
  });

  it('that sends without end is not read to the end', async () => {
    const answer = await answerOf((_request, response) => {
      response.writeHead(200);
      const chunk = 'x'.repeat(65_536);
      const send = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', send);
      send();
    });
    expect(answer.kind).toBe('retry');
  });

  it('that is at work is stopped, and what it did is said to be unknown', async () => {
    const stop = new AbortController();
    const answer = await answerOf(() => stop.abort(), 5, stop.signal);
    expect(answer).toMatchObject({ kind: 'failed', message: expect.stringContaining('not known') });
  });
});
