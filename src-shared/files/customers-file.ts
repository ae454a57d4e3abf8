import { z } from 'zod';
import { nameSchema } from '#shared/vocabulary/identifiers.ts';
import { slaTierSchema } from '#shared/vocabulary/sla-tier.ts';
import { describeIssue, FileFormatError } from './file-format-error.ts';
import { lineAt, lineOfJsonPath } from './json-line.ts';

/** A customer in the customers file. Consent must be said: nobody is taken to have given it. */
export const fileCustomerSchema = z.object({
  customer_id: nameSchema,
  name: z.string().min(1).max(256),
  entity_ids: z.array(nameSchema).max(10_000),
  sla_tier: slaTierSchema.nullish(),
  consent_proactive_comms: z.boolean(),
  contact: z.string().max(1024).nullish(),
});

/** The customers file. */
export const customersFileSchema = z.object({ customers: z.array(fileCustomerSchema) });
export type CustomersFile = z.infer<typeof customersFileSchema>;

/**
 * Reads the text of a customers file.
 * @throws FileFormatError naming the line of the first fault
 */
export function parseCustomersFile(text: string, fileName: string): CustomersFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const line = lineAt(text, position === undefined ? text.length : Number(position));
    throw new FileFormatError(fileName, line, `not JSON: ${message}`);
  }
  const parsed = customersFileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path ?? [];
  throw new FileFormatError(fileName, lineOfJsonPath(text, path), describeIssue(parsed.error));
}
