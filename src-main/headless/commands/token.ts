import { v7 as uuidv7 } from 'uuid';
import { hashSecret, newSecret } from '#engine/access/secrets.ts';
import { insertToken, listTokens, revokeToken } from '#engine/access/token-store.ts';
import { tokenCreateInputSchema } from '#shared/api/console.ts';
import { describeIssue } from '#shared/files/file-format-error.ts';
import { CommandError } from '../command-error.ts';
import { printLine } from '../output.ts';
import { withReader, withUnitsOfWork } from './local-store.ts';

export interface TokenCreateOptions {
  readonly dataDir: string;
  readonly tenant: string;
  readonly scope: readonly string[];
  readonly name?: string | undefined;
  readonly expires?: string | undefined;
}

/** Makes a token and prints its secret, alone and only this once. */
export async function createToken(options: TokenCreateOptions): Promise<void> {
  const parsed = tokenCreateInputSchema.safeParse({
    tenant_id: options.tenant,
    scopes: options.scope,
    name: options.name,
    ...(options.expires === undefined ? {} : { expires_days: Number(options.expires) }),
  });
  if (!parsed.success) throw new CommandError(2, `token create: ${describeIssue(parsed.error)}`);
  const secret = newSecret();
  withUnitsOfWork(options.dataDir, (units) =>
    units.write((unit) => insertToken(unit, parsed.data, uuidv7(), hashSecret(secret), Date.now())),
  );
  await printLine(secret);
}

/** Prints every token as a JSON line, without secrets. */
export async function printTokens({ dataDir }: { readonly dataDir: string }): Promise<void> {
  const tokens = withReader(dataDir, (reader) => reader.read((unit) => listTokens(unit, null)));
  for (const token of tokens) await printLine(JSON.stringify(token));
}

/** Revokes a token at once, for a running engine too. */
export async function revoke(tokenId: string, { dataDir }: { readonly dataDir: string }): Promise<void> {
  const wasThere = withUnitsOfWork(dataDir, (units) => units.write((unit) => revokeToken(unit, tokenId, Date.now())));
  if (!wasThere) throw new CommandError(1, `There is no token ${tokenId}.`);
  await printLine(JSON.stringify({ token_id: tokenId, revoked: true }));
}
