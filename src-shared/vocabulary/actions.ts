import { z } from 'zod';

/**
 * Life of an action: proposed → approved | rejected | expired | superseded; approved → queued → executing → executed →
 * verified | failed → rolled back. In advisory mode a person acts and reports: approved → executed → verified | failed.
 */
export const actionStates = [
  'proposed',
  'approved',
  'rejected',
  'expired',
  'superseded',
  'queued',
  'executing',
  'executed',
  'verified',
  'failed',
  'rolled_back',
] as const;
export const actionStateSchema = z.enum(actionStates);
export type ActionState = z.infer<typeof actionStateSchema>;

/** How much harm a remedy can do when it is the wrong one, lowest first. */
export const riskClasses = ['low', 'medium', 'high'] as const;
export const riskClassSchema = z.enum(riskClasses);
export type RiskClass = z.infer<typeof riskClassSchema>;

/** What a person is to the organisation. */
export const roles = ['viewer', 'operator', 'supervisor', 'product_owner', 'cto', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** How an action came out, as a person or an executor reports it. */
export const outcomes = ['worked', 'did_not_work', 'made_worse', 'not_done'] as const;
export const outcomeSchema = z.enum(outcomes);
export type Outcome = z.infer<typeof outcomeSchema>;
