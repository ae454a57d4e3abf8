import { z } from 'zod';
import type { CareRecord, Customer } from '#shared/api/customers.ts';
import { slaTierSchema } from '#shared/vocabulary/sla-tier.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { ReadUnit } from '../store/database.ts';

const rowSchema = z.object({
  customer_id: z.string(),
  name: z.string(),
  sla_tier: slaTierSchema.nullable(),
  consent_proactive_comms: z.number(),
  contact: z.string().nullable(),
  changed_at: z.number(),
});
const columns = 'customer_id, name, sla_tier, consent_proactive_comms, contact, changed_at';

function toWire(unit: ReadUnit, tenantId: string, row: z.infer<typeof rowSchema>): Customer {
  const entityIds = unit
    .statement('SELECT entity_id FROM customer_entities WHERE tenant_id = ? AND customer_id = ? ORDER BY entity_id')
    .pluck()
    .all(tenantId, row.customer_id);
  return {
    ...row,
    tenant_id: tenantId,
    entity_ids: z.array(z.string()).parse(entityIds),
    consent_proactive_comms: row.consent_proactive_comms === 1,
    changed_at: toTimestamp(row.changed_at),
  };
}

/** Customers by id, after the one that a page ended with; `text` looks into id and name. */
export function listCustomers(
  unit: ReadUnit,
  tenantId: string,
  { after, text, limit }: { readonly after: string; readonly text: string; readonly limit: number },
): { items: Customer[]; next_cursor: string | null } {
  const rows = z.array(rowSchema).parse(
    unit
      .statement(
        `SELECT ${columns} FROM customers WHERE tenant_id = @tenantId AND customer_id > @after
           AND (@text = '' OR instr(lower(customer_id || ' ' || name), lower(@text)) > 0) ORDER BY customer_id LIMIT @limit`,
      )
      .all({ tenantId, after, text, limit: limit + 1 }),
  );
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => toWire(unit, tenantId, row)),
    next_cursor: rows.length > limit ? (page.at(-1)?.customer_id ?? null) : null,
  };
}

export function findCustomer(unit: ReadUnit, tenantId: string, customerId: string): Customer | null {
  const row = unit
    .statement(`SELECT ${columns} FROM customers WHERE tenant_id = ? AND customer_id = ?`)
    .get(tenantId, customerId);
  return row === undefined ? null : toWire(unit, tenantId, rowSchema.parse(row));
}

const careSchema = z.object({
  care_id: z.string(),
  customer_id: z.string(),
  cluster_id: z.string().nullable(),
  outcome: z.enum(['sent', 'blocked']),
  reason: z.enum(['no_consent', 'unknown_customer']).nullable(),
  message: z.string().nullable(),
  operator: z.string(),
  created_at: z.number(),
});

/** What proactive care did for a customer, the newest first. */
export function careOf(unit: ReadUnit, tenantId: string, customerId: string): CareRecord[] {
  const rows = unit
    .statement(
      `SELECT care_id, customer_id, cluster_id, outcome, reason, message, operator, created_at FROM care_records
       WHERE tenant_id = ? AND customer_id = ? ORDER BY created_at DESC, care_id`,
    )
    .all(tenantId, customerId);
  return z
    .array(careSchema)
    .parse(rows)
    .map((row) => ({ ...row, created_at: toTimestamp(row.created_at) }));
}
