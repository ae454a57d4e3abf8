import { z } from 'zod';
import type { Command, CoreResult, Refusal } from '../core/inputs.ts';
import type { SqliteClient } from '../store/database.ts';

export type CustomerCommand = Extract<
  Command,
  { readonly name: 'customers.put' | 'customer.consent' | 'customer.erase' | 'care.send' }
>;

/** Who asked, when, and under which id. */
export interface CustomerCommandContext {
  readonly tenantId: string;
  readonly operator: string;
  readonly entryId: string;
  readonly now: number;
}

const consentSchema = z.object({ consent: z.number() });
const none = (customerId: string): CoreResult => ({
  kind: 'refused',
  refusal: { code: 'NOT_FOUND', message: `There is no customer ${customerId}.` },
});

/** Carries out what concerns customers, within the core's transaction. */
export function runCustomerCommand(
  client: SqliteClient,
  command: CustomerCommand,
  context: CustomerCommandContext,
): CoreResult {
  const { tenantId, now } = context;
  switch (command.name) {
    case 'customers.put':
      putCustomers(client, command, context);
      return { kind: 'done', id: tenantId, done: [], refused: [] };
    case 'customer.consent': {
      const { changes } = client
        .prepare(
          'UPDATE customers SET consent_proactive_comms = ?, changed_at = ? WHERE tenant_id = ? AND customer_id = ?',
        )
        .run(command.consent ? 1 : 0, now, tenantId, command.customerId);
      return changes === 0 ? none(command.customerId) : doneWith(command.customerId);
    }
    case 'customer.erase': {
      const erase = (table: string): number =>
        client.prepare(`DELETE FROM ${table} WHERE tenant_id = ? AND customer_id = ?`).run(tenantId, command.customerId)
          .changes;
      erase('customer_entities');
      const records = erase('care_records');
      return erase('customers') + records === 0 ? none(command.customerId) : doneWith('customer');
    }
    case 'care.send':
      return sendCare(client, command, context);
  }
}

function doneWith(id: string): CoreResult {
  return { kind: 'done', id, done: [id], refused: [] };
}

function putCustomers(
  client: SqliteClient,
  { customers }: Extract<CustomerCommand, { name: 'customers.put' }>,
  { tenantId, now }: CustomerCommandContext,
): void {
  const upsert = client.prepare(
    `INSERT INTO customers (tenant_id, customer_id, name, sla_tier, consent_proactive_comms, contact, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, sla_tier = excluded.sla_tier, consent_proactive_comms = excluded.consent_proactive_comms,
       contact = excluded.contact, changed_at = excluded.changed_at`,
  );
  const unlink = client.prepare('DELETE FROM customer_entities WHERE tenant_id = ? AND customer_id = ?');
  const link = client.prepare(
    'INSERT INTO customer_entities (tenant_id, customer_id, entity_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const customer of customers.customers) {
    const { customer_id: id, name, sla_tier, consent_proactive_comms, contact } = customer;
    upsert.run(tenantId, id, name, sla_tier ?? null, consent_proactive_comms ? 1 : 0, contact ?? null, now);
    unlink.run(tenantId, id);
    for (const entityId of customer.entity_ids) link.run(tenantId, id, entityId);
  }
}

/** Checks the consent of each customer before anything is written for it; who is blocked is written down with the reason only. */
function sendCare(
  client: SqliteClient,
  { clusterId, customerIds, message }: Extract<CustomerCommand, { name: 'care.send' }>,
  { tenantId, operator, entryId, now }: CustomerCommandContext,
): CoreResult {
  const consentOf = client.prepare(
    'SELECT consent_proactive_comms AS consent FROM customers WHERE tenant_id = ? AND customer_id = ?',
  );
  const record = client.prepare(
    'INSERT INTO care_records (care_id, tenant_id, customer_id, cluster_id, outcome, reason, message, operator, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const sent: string[] = [];
  const refused: (Refusal & { id: string })[] = [];
  for (const [index, customerId] of [...new Set(customerIds)].entries()) {
    const found = consentSchema.safeParse(consentOf.get(tenantId, customerId));
    const reason = !found.success ? 'unknown_customer' : found.data.consent === 1 ? null : 'no_consent';
    if (reason === null) sent.push(customerId);
    else refused.push({ id: customerId, code: reason === 'no_consent' ? 'CONFLICT' : 'NOT_FOUND', message: reason });
    // Of somebody who is not known nothing is kept: the record would belong to nobody.
    if (reason === 'unknown_customer') continue;
    const outcome = reason === null ? 'sent' : 'blocked';
    const text = reason === null ? message : null;
    record.run(`${entryId}-${index}`, tenantId, customerId, clusterId, outcome, reason, text, operator, now);
  }
  return { kind: 'done', id: clusterId ?? tenantId, done: sent, refused };
}
