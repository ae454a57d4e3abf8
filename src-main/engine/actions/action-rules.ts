import { z } from 'zod';
import { type ActionState, type Role, roleSchema } from '#shared/vocabulary/actions.ts';
import { actorKindSchema } from '#shared/vocabulary/actors.ts';
import { situationFeaturesSchema } from '../decisions/situation-features.ts';
import type { PolicyVerdict } from '../policies/evaluate-policies.ts';

/** Who agreed, when and why. `actor_id` tells people and tokens apart. */
export const actionApprovalSchema = z.object({
  actor_kind: actorKindSchema,
  actor_id: z.string(),
  name: z.string(),
  roles: z.array(roleSchema),
  at: z.int(),
  note: z.string(),
});
export type ActionApproval = z.infer<typeof actionApprovalSchema>;

/** Why an action is proposed: stored facts only. */
export const actionEvidenceSchema = z.object({
  cluster_title: z.string(),
  cause: z.string(),
  confidence: z.number(),
  family: z.string(),
  because: z.array(z.string()),
  features: situationFeaturesSchema,
});
export type ActionEvidence = z.infer<typeof actionEvidenceSchema>;

const after: Readonly<Record<ActionState, readonly ActionState[]>> = {
  proposed: ['approved', 'rejected', 'expired', 'superseded'],
  approved: ['queued', 'executed', 'failed', 'rejected', 'expired'],
  rejected: [],
  expired: [],
  superseded: [],
  queued: ['executing', 'approved'],
  executing: ['executed', 'failed', 'approved'],
  executed: ['verified', 'failed'],
  verified: [],
  failed: ['rolled_back'],
  rolled_back: [],
};

/** Whether an action may go from one state to another; everything else is a conflict. */
export function mayMove(from: ActionState, to: ActionState): boolean {
  return after[from].includes(to);
}

/** States in which nothing is expected of anybody any more. */
export function isOver(state: ActionState): boolean {
  return after[state].length === 0;
}

/** What is said to somebody who asks for a move that is not possible. */
export function whyNot(from: ActionState, to: ActionState): string {
  const now = from.replace('_', ' ');
  if (from === 'superseded') return 'The proposal was superseded by a newer one; decide on that one.';
  if (from === 'expired') return 'The proposal has expired; the situation it was made for is over.';
  return `The action is ${now}; it cannot become ${to.replace('_', ' ')}.`;
}

/** Whether those who approved are enough for a verdict. */
export function approvalState(
  verdict: Pick<PolicyVerdict, 'approvals' | 'approverRoles'>,
  approvals: readonly ActionApproval[],
): { readonly enough: boolean; readonly because: string } {
  const counted = approvals.filter((approval) => mayApprove(verdict, approval) === null);
  const different = new Map(counted.map((approval) => [`${approval.actor_kind} ${approval.actor_id}`, approval]));
  const people = [...different.values()].filter(({ actor_kind }) => actor_kind === 'person').length;
  // A token proves no person: where a second person is wanted, only people who signed in count.
  const count = verdict.approvals > 1 ? people : different.size;
  const enough = count >= verdict.approvals;
  return {
    enough,
    because: enough
      ? `${count} of ${verdict.approvals} approvals.`
      : `${count} of ${verdict.approvals} approvals${verdict.approvals > 1 ? ' by different people who are signed in' : ''}.`,
  };
}

/** Why somebody may not approve under a verdict; null when they may. */
export function mayApprove(
  verdict: Pick<PolicyVerdict, 'approverRoles'>,
  approver: { readonly roles: readonly Role[] },
): string | null {
  const missing = verdict.approverRoles.find((list) => !list.some((role) => approver.roles.includes(role)));
  return missing === undefined ? null : `A policy asks for the role ${missing.join(' or ').replaceAll('_', ' ')}.`;
}
