import { z } from 'zod';

/** Who stands behind something: a signed-in person, a token, the workstation's console without sign-in, the command line, the engine. */
export const actorKinds = ['person', 'token', 'console', 'command_line', 'engine'] as const;

export const actorKindSchema = z.enum(actorKinds);
export type ActorKind = z.infer<typeof actorKindSchema>;

/** Who did something, as written into the audit trail. */
export interface Actor {
  readonly kind: ActorKind;
  /** The person's or token's name. */
  readonly name: string;
}
