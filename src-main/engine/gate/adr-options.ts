import { z } from 'zod';

/** The options of ADR-001, by their letters in the document. */
export const adrOptionSchema = z.enum(['A', 'B', 'C']);
export type AdrOption = z.infer<typeof adrOptionSchema>;

/** What an option lets the engine do. The engine obeys these figures and nothing else. */
export interface OptionMeaning {
  readonly title: string;
  /** It can be chosen in this product. */
  readonly choosable: boolean;
  /** An approved action may be handed to an executor. */
  readonly executesApproved: boolean;
  /** The engine may act without a person, for tenants and action types that opted in. */
  readonly executesAutomatically: boolean;
  readonly unlocks: readonly string[];
}

/** ADR-001 as data. Unsigned means A. */
export const adrOptions: Readonly<Record<AdrOption, OptionMeaning>> = {
  A: {
    title: 'Advisory only',
    choosable: true,
    executesApproved: false,
    executesAutomatically: false,
    unlocks: [
      'Proposals with evidence, approval, runbooks and work orders for people',
      'Outcomes, decision memory and the audit trail',
    ],
  },
  B: {
    title: 'Opt-in automatic execution per tenant',
    choosable: true,
    executesApproved: true,
    executesAutomatically: true,
    unlocks: [
      'Approved actions are carried out by the configured executor',
      'Allowed action types run by themselves for tenants that opted in, while every safety gate is green',
    ],
  },
  C: {
    title: 'Autonomous first (a separate product)',
    choosable: false,
    executesApproved: false,
    executesAutomatically: false,
    unlocks: ['Nothing here: this option can be read and not chosen'],
  },
};

/** The one document that binds this engine. */
export const adrId = 'ADR-001';
