/**
 * A load client in a process of its own: keeps a number of connections busy with single-alarm POSTs for some seconds and
 * prints requests/s and latencies as JSON. Plain sockets, so that the client costs as little as possible.
 */
import { connect } from 'node:net';
import type { LoadResult } from './load-result.ts';

const [host = '', port = '', token = '', connections = '32', seconds = '5'] = process.argv.slice(2);

let sent = 0;
function request(): string {
  sent += 1;
  const body = JSON.stringify({
    entity_id: `ENTITY-${process.pid}-${sent % 20_000}`,
    alarm_type: 'LINK_DOWN',
    severity: 'minor',
    raised_at: new Date().toISOString(),
    source_system: 'bench',
    specific_problem: `port ${Math.floor(sent / 20_000)}`,
    text: 'Loss of signal',
  });
  return `POST /api/v1/alarms/ingest HTTP/1.1\r\nHost: ${host}:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const latencies: number[] = [];
let refused = 0;
const startedAt = performance.now();
const endAt = startedAt + Number(seconds) * 1_000;

await Promise.all(
  Array.from(
    { length: Number(connections) },
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), host);
        let asked = 0;
        let received = '';
        const ask = () => {
          if (performance.now() >= endAt) {
            socket.end();
            resolve();
            return;
          }
          asked = performance.now();
          socket.write(request());
        };
        socket.setNoDelay(true);
        socket.setEncoding('latin1');
        socket.on('connect', ask);
        socket.on('error', reject);
        socket.on('data', (chunk: string) => {
          received += chunk;
          const headersEnd = received.indexOf('\r\n\r\n');
          if (headersEnd < 0) return;
          const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? Number.NaN);
          if (received.length < headersEnd + 4 + length) return;
          if (!received.startsWith('HTTP/1.1 202')) refused += 1;
          received = '';
          latencies.push(performance.now() - asked);
          ask();
        });
      }),
  ),
);

const took = (performance.now() - startedAt) / 1_000;
latencies.sort((left, right) => left - right);
const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
const result: LoadResult = { requests: latencies.length, seconds: took, refused, p50_ms: at(0.5), p99_ms: at(0.99) };
process.stdout.write(`${JSON.stringify(result)}\n`);
