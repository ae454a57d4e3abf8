import { consoleKeyOf } from '#engine/access/secrets.ts';
import type { EngineSettings } from '#engine/settings/load-settings.ts';
import type { LockHolder } from '#engine/store/data-folder-lock.ts';
import { tenantHeader } from '#shared/api/contract.ts';
import { problemSchema } from '#shared/api/errors.ts';
import { CommandError } from '../command-error.ts';

/** Sends a request to the engine that holds the data folder, as this workstation's console. Answers the parsed body. */
export async function askRunningEngine(
  holder: LockHolder,
  settings: EngineSettings,
  tenant: string,
  request: { readonly method: 'PUT' | 'POST'; readonly path: string; readonly type: string; readonly body: string },
): Promise<unknown> {
  if (holder.url === null)
    throw new CommandError(1, `Pedkai (process ${holder.pid}) is starting on ${settings.dataFolder}; try again.`);
  const response = await fetch(`${holder.url}${request.path}`, {
    method: request.method,
    headers: {
      authorization: `Bearer ${consoleKeyOf(settings.dataFolder)}`,
      'content-type': request.type,
      [tenantHeader]: tenant,
    },
    body: request.body,
  });
  const body: unknown = await response.json();
  if (response.ok) return body;
  const problem = problemSchema.safeParse(body);
  throw new CommandError(1, `The running engine refused: ${problem.success ? problem.data.detail : response.status}`);
}
