/** Lines to copy into a shell; every value is quoted so that spaces in a path do no harm. */
function quoted(value: string): string {
  return /^[\w./:@=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Creates a token that may send alarms. */
export function tokenCommand(dataFolder: string, tenantId: string): string {
  return `npm run -s pedkai -- token create --data-dir ${quoted(dataFolder)} --tenant ${quoted(tenantId)} --scope ALARM_WRITE`;
}

/** Sends one alarm. `raisedAt` is ISO 8601 with an offset. */
export function curlCommand(engineUrl: string, raisedAt: string): string {
  const where = { entity_id: 'ROUTER-1', alarm_type: 'LINK_DOWN', severity: 'major' };
  const when = { raised_at: raisedAt, source_system: 'by-hand' };
  const body = `${JSON.stringify(where).slice(0, -1)},\n       ${JSON.stringify(when).slice(1)}`;
  return [
    `curl -X POST ${engineUrl}/api/v1/alarms/ingest`,
    `  -H 'Authorization: Bearer TOKEN'`,
    `  -H 'Content-Type: application/json'`,
    `  -d '${body}'`,
  ].join(' \\\n');
}

/** Starts the engine; its one line of output names the console's address. */
export const serveCommand = 'npm run -s pedkai -- serve';
