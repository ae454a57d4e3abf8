import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { ExecutionOrder, Executor, ExecutorAnswer } from './executor.ts';

export interface WebhookSettings {
  readonly url: string;
  /** Shared with the receiver; signs every order. */
  readonly secret: string;
  readonly timeoutSeconds: number;
}

/** What a receiver answers: 200 with this. */
const answerSchema = z.object({ status: z.enum(['done', 'failed']), message: z.string().max(4_096).default('') });
const answerBytesMax = 65_536;

/** The signature of an order: HMAC-SHA-256 (RFC 2104) over the time, a dot and the body. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/**
 * Hands an order to another system: one POST with `X-Pedkai-Timestamp`, `X-Pedkai-Signature` and `Idempotency-Key`.
 * Redirects are not followed. 5xx, 429, a broken connection and no answer in time may be tried again; 4xx and an answer
 * that is none of the two known ones have failed, since nobody can say what happened.
 */
export function createWebhookExecutor(settings: WebhookSettings, now: () => number): Executor {
  return {
    name: 'webhook',
    async execute(order, stop) {
      const timestamp = String(Math.floor(now() / 1_000));
      const body = JSON.stringify(orderToWire(order));
      const timeout = AbortSignal.timeout(settings.timeoutSeconds * 1_000);
      try {
        const response = await fetch(settings.url, {
          method: 'POST',
          redirect: 'error',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': order.executionId,
            'x-pedkai-timestamp': timestamp,
            'x-pedkai-signature': signatureOf(settings.secret, timestamp, body),
          },
          body,
          signal: AbortSignal.any([stop, timeout]),
        });
        return judge(response.status, response.ok ? await textOf(response) : '');
      } catch (error) {
        if (stop.aborted)
          return { kind: 'failed', message: 'Stopped while the receiver was working; what it did is not known.' };
        if (timeout.aborted) return { kind: 'retry', message: `No answer within ${settings.timeoutSeconds} s.` };
        return { kind: 'retry', message: `The receiver could not be reached: ${reasonOf(error)}` };
      }
    },
  };
}

function orderToWire(order: ExecutionOrder) {
  return {
    execution_id: order.executionId,
    tenant_id: order.tenantId,
    action_id: order.actionId,
    action_type: order.actionType,
    entity_id: order.entityId,
    attempt: order.attempt,
    ordered_at: order.orderedAt,
  };
}

function judge(status: number, text: string): ExecutorAnswer {
  if (status >= 500 || status === 429) return { kind: 'retry', message: `The receiver answered ${status}.` };
  if (status !== 200) return { kind: 'failed', message: `The receiver answered ${status}.` };
  try {
    const answer = answerSchema.parse(JSON.parse(text));
    return { kind: answer.status, message: answer.message };
  } catch {
    return { kind: 'failed', message: 'The receiver’s answer is not one; what it did is not known.' };
  }
}

/** Reads no more than an answer may have, however much is sent. */
async function textOf(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > answerBytesMax) throw new Error('its answer is too long');
  }
  return text;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
