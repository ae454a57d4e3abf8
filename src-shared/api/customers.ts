import { z } from 'zod';
import { customersFileSchema } from '#shared/files/customers-file.ts';
import { slaTierSchema } from '#shared/vocabulary/sla-tier.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { cursorSchema, limitSchema, pageOf } from './paging.ts';
import { procedure } from './procedure.ts';

/** Somebody who is served. */
export const customerSchema = z.object({
  customer_id: z.string(),
  tenant_id: z.string(),
  name: z.string(),
  entity_ids: z.array(z.string()),
  sla_tier: slaTierSchema.nullable(),
  consent_proactive_comms: z.boolean(),
  contact: z.string().nullable(),
  changed_at: timestampSchema,
});
export type Customer = z.infer<typeof customerSchema>;

/** What proactive care did for a customer. */
export const careRecordSchema = z.object({
  care_id: z.string(),
  customer_id: z.string(),
  cluster_id: z.string().nullable(),
  outcome: z.enum(['sent', 'blocked']),
  reason: z.enum(['no_consent', 'unknown_customer']).nullable(),
  message: z.string().nullable(),
  operator: z.string(),
  created_at: timestampSchema,
});
export type CareRecord = z.infer<typeof careRecordSchema>;

export const proactiveCareInputSchema = z
  .object({
    cluster_id: z.string().optional(),
    customer_ids: z.array(z.string().min(1).max(256)).min(1).max(10_000).optional(),
    message: z.string().min(1).max(4_000),
  })
  .refine(({ cluster_id, customer_ids }) => cluster_id !== undefined || customer_ids !== undefined, {
    path: ['customer_ids'],
    message: 'must be given where there is no cluster_id',
  });

/** Whom a message went to and whom not. `sent`: it stands in the outbox. */
export const proactiveCareOutputSchema = z.object({
  sent: z.array(z.string()),
  blocked: z.array(z.object({ customer_id: z.string(), reason: z.enum(['no_consent', 'unknown_customer']) })),
  sent_count: z.int(),
  blocked_count: z.int(),
});
export type ProactiveCareOutput = z.infer<typeof proactiveCareOutputSchema>;

const customerId = z.object({ customer_id: z.string() });
const tags = ['Customers'];

export const customersContract = {
  list: procedure('CUSTOMER_READ')
    .route({ method: 'GET', path: '/customers', tags })
    .input(z.object({ cursor: cursorSchema.optional(), limit: limitSchema, q: z.string().max(256).optional() }))
    .output(pageOf(customerSchema)),
  /** Adds customers and replaces those that are known already; others stay. */
  put: procedure('CUSTOMER_WRITE')
    .route({ method: 'PUT', path: '/customers', tags })
    .input(customersFileSchema)
    .output(z.object({ customers: z.int() })),
  consent: procedure('CUSTOMER_WRITE')
    .route({ method: 'PUT', path: '/customers/{customer_id}/consent', tags })
    .input(customerId.extend({ consent_proactive_comms: z.boolean() }))
    .output(customerSchema),
  /** Everything that is stored of a customer (GDPR Art. 15). */
  export: procedure('CUSTOMER_READ')
    .route({ method: 'GET', path: '/customers/{customer_id}/export', tags })
    .input(customerId)
    .output(z.object({ customer: customerSchema, care: z.array(careRecordSchema) })),
  /** Erases a customer and what was written to it (GDPR Art. 17). */
  erase: procedure('CUSTOMER_WRITE')
    .route({ method: 'DELETE', path: '/customers/{customer_id}', tags })
    .input(customerId)
    .output(z.object({ customer_id: z.string() })),
  /** Tells customers of a disturbance: those of a cluster, or those named. Nobody without consent. */
  care: procedure('CUSTOMER_WRITE')
    .route({ method: 'POST', path: '/proactive-care', tags })
    .input(proactiveCareInputSchema)
    .output(proactiveCareOutputSchema),
};
