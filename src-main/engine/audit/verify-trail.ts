import { z } from 'zod';
import type { ReadUnit } from '../store/database.ts';
import { type ChainBreak, type ChainHead, chainStart, follow } from './audit-chain.ts';

/** What came out of checking the trail: how many records stand, and the first that does not. */
export interface TrailVerdict {
  readonly records: number;
  readonly heads: readonly { readonly tenantId: string; readonly number: number; readonly hash: string }[];
  readonly firstBreak: ChainBreak | null;
}

const keySchema = z.looseObject({ tenant_id: z.string(), number: z.number() });
const headsSchema = z.array(z.object({ tenant_id: z.string(), number: z.number(), hash: z.string() }));
const rows = 'SELECT * FROM audit_records ORDER BY tenant_id, number';

/** Checks every tenant's chain from its first record, tenants in the order of their names. Memory does not grow with the trail. */
export function verifyTrail(unit: ReadUnit): TrailVerdict {
  const expected = new Map(
    headsSchema
      .parse(unit.client.prepare('SELECT tenant_id, number, hash FROM audit_heads').all())
      .map((head) => [head.tenant_id, head]),
  );
  const heads: { tenantId: string; number: number; hash: string }[] = [];
  let records = 0;
  let tenantId: string | null = null;
  let head: ChainHead = { number: 0, hash: chainStart };
  const broken = (at: string, number: number, because: string): TrailVerdict => ({
    records,
    heads,
    firstBreak: { tenantId: at, number, because },
  });
  const finish = (): TrailVerdict | null => {
    if (tenantId === null) return null;
    const last = expected.get(tenantId);
    if (last === undefined || last.number !== head.number || last.hash !== head.hash)
      return broken(tenantId, head.number + 1, 'the trail ends before it, and did not end there when it was written');
    expected.delete(tenantId);
    heads.push({ tenantId, ...head });
    return null;
  };

  for (const row of unit.client.prepare(rows).iterate()) {
    const parsedKey = keySchema.safeParse(row);
    if (!parsedKey.success) return broken(tenantId ?? '', head.number + 1, 'its tenant or number cannot be read');
    const key = parsedKey.data;
    if (key.tenant_id !== tenantId) {
      const cut = finish();
      if (cut !== null) return cut;
      tenantId = key.tenant_id;
      head = { number: 0, hash: chainStart };
    }
    const step = follow(head, row);
    if (!step.ok) return broken(key.tenant_id, key.number, step.because);
    head = step.record;
    records += 1;
  }
  const cut = finish();
  if (cut !== null) return cut;
  for (const missing of expected.values())
    if (missing.number > 0) return broken(missing.tenant_id, 1, 'the whole trail of this tenant is missing');
  return { records, heads, firstBreak: null };
}
