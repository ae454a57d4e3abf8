import { z } from 'zod';

/**
 * A name given by a source or an operator: an entity, an alarm type, a source system. 1 to 256 characters, no control
 * characters, because it ends up in logs, file names and URLs.
 */
export const nameSchema = z
  .string()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}+$/u, 'must not contain control characters');

/** The owner of data. Letters, digits, dot, dash and underscore, 1 to 64 characters, so that it can stand in a URL and a file name. */
export const tenantIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters, digits, dot, dash or underscore');

/** Free text for people, at most 64 KiB characters. Shown as text, never as markup. */
export const freeTextSchema = z.string().max(65_536);

/** Names of `TOPOLOGY.json` entity types that the engine treats specially; any other word is allowed. */
export const emergencyServiceType = 'EMERGENCY_SERVICE';

/** Whether an entity is an emergency service: by its type, or by its id where the topology does not know it. */
export function isEmergencyEntity(entityId: string, entityType: string | null): boolean {
  return entityType === null ? entityId.toUpperCase().includes('EMERGENCY') : entityType === emergencyServiceType;
}
