import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

/** One server-sent event, or a comment line. */
export type StreamPart =
  | { readonly kind: 'event'; readonly id: number; readonly event: string; readonly data: Record<string, unknown> }
  | { readonly kind: 'comment'; readonly text: string };

export interface OpenStream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The next part that fits; those before it are passed over. Rejects when the stream ends first. */
  next(fits: (part: StreamPart) => boolean): Promise<StreamPart>;
  /** Everything until the server ends the stream. */
  rest(): Promise<StreamPart[]>;
  /** Everything that came so far. */
  readonly parts: readonly StreamPart[];
  close(): void;
}

const dataSchema = z.record(z.string(), z.unknown());

function parsePart(block: string): StreamPart {
  const fields = block.split('\n').map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trimStart() };
  });
  const value = (name: string) => fields.find((field) => field.name === name)?.value;
  const data = value('data');
  if (data === undefined) return { kind: 'comment', text: value('') ?? '' };
  return {
    kind: 'event',
    id: Number(value('id')),
    event: value('event') ?? '',
    data: dataSchema.parse(JSON.parse(data)),
  };
}

/** Opens `GET /stream/alarms`; resolves when the status is known. Closed when the test is over. */
export function openStream(url: string, token: string, lastEventId?: number): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
    };
    const request: ClientRequest = httpRequest(
      new URL('/api/v1/stream/alarms', url),
      { headers, agent: false },
      (response) => {
        resolve(read(request, response));
      },
    );
    onTestFinished(() => {
      request.destroy();
    });
    request.on('error', reject);
    request.end();
  });
}

function read(request: ClientRequest, response: IncomingMessage): OpenStream {
  const parts: StreamPart[] = [];
  let waiting = '';
  let passed = 0;
  let isOver = false;
  let wake = Promise.withResolvers<void>();
  const tell = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  const end = () => {
    isOver = true;
    tell();
  };
  response.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (waiting + text).split('\n\n');
    waiting = blocks.pop() ?? '';
    parts.push(...blocks.filter((block) => block !== '').map(parsePart));
    tell();
  });
  response.on('close', end).on('error', end);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    parts,
    async next(fits) {
      for (;;) {
        while (passed < parts.length) {
          const part = parts[passed++];
          if (part !== undefined && fits(part)) return part;
        }
        if (isOver) throw new Error(`The stream ended first, after ${JSON.stringify(parts.slice(-3))}.`);
        await wake.promise;
      }
    },
    async rest() {
      while (!isOver) await wake.promise;
      return parts;
    },
    close: () => {
      request.destroy();
    },
  };
}

export const isEvent = (part: StreamPart): boolean => part.kind === 'event';
export const isComment = (text: string) => (part: StreamPart) => part.kind === 'comment' && part.text === text;
/** An alarm of this entity. */
export const isAlarmOf = (entityId: string) => (part: StreamPart) =>
  part.kind === 'event' && part.event === 'alarm' && part.data.entity_id === entityId;
