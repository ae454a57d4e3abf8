import { auditAfter } from '#engine/audit/audit-queries.ts';
import { verifyTrail } from '#engine/audit/verify-trail.ts';
import { CommandError } from '../command-error.ts';
import { printLine } from '../output.ts';
import { withReader } from './local-store.ts';

const rowsPerRead = 1_000;

/**
 * Checks the hash chain of the audit trail, beside a running engine too. Prints one JSON line; a broken chain ends with
 * exit code 1 and a line that names the first broken record.
 */
export async function verifyAudit({ dataDir }: { readonly dataDir: string }): Promise<void> {
  const { records, heads, firstBreak } = withReader(dataDir, (reader) => reader.read(verifyTrail));
  const broken =
    firstBreak === null
      ? null
      : { tenant_id: firstBreak.tenantId, number: firstBreak.number, because: firstBreak.because };
  const wireHeads = heads.map(({ tenantId, number, hash }) => ({ tenant_id: tenantId, number, hash }));
  await printLine(JSON.stringify({ intact: broken === null, records, heads: wireHeads, first_broken: broken }));
  if (broken !== null)
    throw new CommandError(
      1,
      `The audit trail is broken at record ${broken.number} of tenant ${broken.tenant_id}: ${broken.because}.`,
    );
}

/** Prints a tenant's audit trail as JSON lines, oldest first; the chain can be checked again from them alone. */
export async function exportAudit({
  dataDir,
  tenant,
}: {
  readonly dataDir: string;
  readonly tenant: string;
}): Promise<void> {
  let after = 0;
  for (;;) {
    const records = withReader(dataDir, (reader) =>
      reader.read((unit) => auditAfter(unit, tenant, after, rowsPerRead)),
    );
    for (const record of records) await printLine(JSON.stringify(record));
    const last = records.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}
