import type { DecideCommand } from '../actions/commands/decide-command.ts';
import type { CoreResult } from '../core/inputs.ts';
import type { ApiContext } from './api-context.ts';
import { refusal } from './refusal.ts';
import type { ApiServices } from './services.ts';
import { asRefusal, tenantOf } from './submit.ts';

/** Has something about deciding or acting carried out for the caller. `closes` halts what is under way before it is even asked. */
export async function decide(
  { gatekeeper }: Pick<ApiServices, 'gatekeeper'>,
  context: ApiContext,
  command: DecideCommand,
  { closes = false }: { readonly closes?: boolean } = {},
): Promise<Extract<CoreResult, { kind: 'done' }>> {
  const tenantId = tenantOf(context);
  const { actor } = context.caller;
  let result: CoreResult;
  try {
    result = await (closes ? gatekeeper.submitHalted : gatekeeper.submit)(tenantId, command, actor, context.trace);
  } catch (error) {
    throw asRefusal(error);
  }
  if (result.kind === 'done') return result;
  if (result.kind === 'refused') {
    const { code, message } = result.refusal;
    throw refusal(code, message, code === 'UNPROCESSABLE_CONTENT' ? { errors: fieldsOf(message) } : undefined);
  }
  throw new Error(`The core answered ${result.kind} to ${command.name}.`);
}

/** Faults of a policy and the like, each with the field or line that it names. */
function fieldsOf(message: string) {
  return message.split('; ').map((part) => {
    const [field = '', ...rest] = part.split(': ');
    return rest.length === 0 ? { field: 'source', message: part } : { field, message: rest.join(': ') };
  });
}
