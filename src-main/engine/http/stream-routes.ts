import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SequencedChange } from '../core/inputs.ts';
import type { Reader } from '../store/database.ts';
import type { ChangeFeed } from '../streams/change-feed.ts';
import { followChanges } from '../streams/follow-changes.ts';
import { currentSequence } from '../streams/sequence-query.ts';
import { sendProblem } from './problems.ts';

export interface StreamSettings {
  readonly heartbeat_interval_seconds: number;
  readonly max_idle_seconds: number;
  readonly max_connections: number;
}

export interface StreamRoutesDeps {
  readonly feed: ChangeFeed;
  readonly reader: Reader;
  readonly settings: StreamSettings;
  /** Aborted when the engine stops: streams end then. */
  readonly stopping: AbortSignal;
}

const lastEventIdSchema = z.coerce.number().int().nonnegative();
/** Bytes that may wait for a slow reader before the stream pauses and later resumes from the store. */
const writableMax = 1_048_576;

/** `GET /stream/alarms`: every change of the tenant as server-sent events, resumable with `Last-Event-ID`. */
export function addStreamRoutes(app: FastifyInstance, { feed, reader, settings, stopping }: StreamRoutesDeps): void {
  let connections = 0;
  app.get('/api/v1/stream/alarms', async (request, reply) => {
    const { caller } = request;
    if (caller === null || !caller.scopes.has('ALARM_READ'))
      return sendProblem(request, reply, 'FORBIDDEN', 'This needs the scope ALARM_READ.');
    if (caller.tenantId === null) return sendProblem(request, reply, 'CONFLICT', 'There is no tenant yet.');
    if (connections >= settings.max_connections)
      return sendProblem(
        request,
        reply,
        'SERVICE_UNAVAILABLE',
        `${settings.max_connections} streams are open already.`,
        { retry_after_seconds: 10 },
      );
    const header = request.headers['last-event-id'];
    const lastEventId = header === undefined ? null : lastEventIdSchema.safeParse(header);
    if (lastEventId !== null && !lastEventId.success)
      return sendProblem(request, reply, 'UNPROCESSABLE_CONTENT', 'Last-Event-ID: must be a sequence of this stream', {
        errors: [{ field: 'Last-Event-ID', message: 'must be a sequence of this stream' }],
      });

    connections += 1;
    const closed = new AbortController();
    const { raw } = reply;
    reply.hijack();
    raw.on('close', () => closed.abort());
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write(': connected\n\n');

    const heartbeat = setInterval(() => raw.write(': heartbeat\n\n'), settings.heartbeat_interval_seconds * 1_000);
    const closeIdle = () => {
      raw.end(': idle_timeout\n\n');
      closed.abort();
    };
    let idle = setTimeout(closeIdle, settings.max_idle_seconds * 1_000);
    try {
      const followed = followChanges({
        feed,
        reader,
        tenantId: caller.tenantId,
        afterSequence: startingAfter(lastEventId?.data, reader.read(currentSequence)),
        signal: AbortSignal.any([closed.signal, stopping]),
      });
      for await (const item of followed) {
        if (item.kind !== 'changes') continue;
        clearTimeout(idle);
        idle = setTimeout(closeIdle, settings.max_idle_seconds * 1_000);
        raw.write(item.changes.map(eventOf).join(''));
        if (raw.writableLength > writableMax) await once(raw, 'drain', { signal: closed.signal });
      }
    } catch (error) {
      if (!closed.signal.aborted) throw error;
    } finally {
      connections -= 1;
      clearInterval(heartbeat);
      clearTimeout(idle);
      raw.end();
    }
    return reply;
  });
}

/** An id that is newer than anything here is of another store, for example one that was restored: it is passed over. */
function startingAfter(lastEventId: number | undefined, newest: number): number {
  return lastEventId === undefined ? newest : Math.min(lastEventId, newest);
}

function eventOf({ sequence, topic, change, json }: SequencedChange): string {
  return `id: ${sequence}\nevent: ${topic}\ndata: ${json.slice(0, -1)},"change":"${change}"}\n\n`;
}
