import type { ProactiveCareOutput } from '#shared/api/customers.ts';
import { careOf, findCustomer, listCustomers } from '../customers/customer-queries.ts';
import { customersHurtBy } from '../impact/impact-queries.ts';
import { base } from './base.ts';
import type { ApiServices } from './services.ts';
import { command, found, tenantOf } from './submit.ts';

/** Implements the contract's `customers`. */
export function customerProcedures(services: ApiServices) {
  const { reader, clock } = services;
  const customerOf = (tenantId: string, customerId: string) =>
    found(
      reader.read((unit) => findCustomer(unit, tenantId, customerId)),
      `customer ${customerId}`,
    );
  return {
    list: base.customers.list.handler(({ input, context }) =>
      reader.read((unit) =>
        listCustomers(unit, tenantOf(context), { after: input.cursor ?? '', text: input.q ?? '', limit: input.limit }),
      ),
    ),
    put: base.customers.put.handler(async ({ input, context }) => {
      await command(services, context, tenantOf(context), { name: 'customers.put', customers: input });
      return { customers: input.customers.length };
    }),
    consent: base.customers.consent.handler(async ({ input, context }) => {
      const tenantId = tenantOf(context);
      const { customer_id: customerId, consent_proactive_comms: consent } = input;
      await command(services, context, tenantId, { name: 'customer.consent', customerId, consent });
      return customerOf(tenantId, customerId);
    }),
    export: base.customers.export.handler(({ input, context }) => {
      const tenantId = tenantOf(context);
      const customer = customerOf(tenantId, input.customer_id);
      return { customer, care: reader.read((unit) => careOf(unit, tenantId, input.customer_id)) };
    }),
    erase: base.customers.erase.handler(async ({ input, context }) => {
      await command(services, context, tenantOf(context), { name: 'customer.erase', customerId: input.customer_id });
      return { customer_id: input.customer_id };
    }),
    care: base.customers.care.handler(async ({ input, context }): Promise<ProactiveCareOutput> => {
      const tenantId = tenantOf(context);
      const clusterId = input.cluster_id ?? null;
      const hurt =
        clusterId === null
          ? []
          : found(
              reader.read((unit) => customersHurtBy(unit, tenantId, clusterId, clock())),
              `cluster ${clusterId}`,
            );
      // Both given: those of the named customers, whom somebody chose to tell of this cluster.
      const customerIds = input.customer_ids ?? hurt;
      const result = await command(services, context, tenantId, {
        name: 'care.send',
        clusterId,
        customerIds,
        message: input.message,
      });
      const blocked = result.refused.map(({ id, code }) => ({
        customer_id: id,
        reason: code === 'NOT_FOUND' ? ('unknown_customer' as const) : ('no_consent' as const),
      }));
      return { sent: [...result.done], blocked, sent_count: result.done.length, blocked_count: blocked.length };
    }),
  };
}
