import { z } from 'zod';
import { describeIssue, FileFormatError } from '#shared/files/file-format-error.ts';
import { lineAt, lineOfJsonPath } from '#shared/files/json-line.ts';
import { nameSchema } from '#shared/vocabulary/identifiers.ts';
import { slaTierSchema } from '#shared/vocabulary/sla-tier.ts';

/** A managed object in TOPOLOGY.json. */
export const topologyEntitySchema = z.object({
  id: nameSchema,
  /** SITE, POWER, ROUTER, … or any other word. */
  entity_type: nameSchema,
  name: z.string().max(256).optional(),
  external_id: z.string().max(256).optional(),
  /** Degrees, WGS 84. */
  geo_lat: z.number().min(-90).max(90).optional(),
  geo_lon: z.number().min(-180).max(180).optional(),
  revenue_weight: z.number().nonnegative().optional(),
  sla_tier: slaTierSchema.optional(),
});
export type TopologyEntity = z.infer<typeof topologyEntitySchema>;

/**
 * `contains`: from physically holds to. `connects`: transport link without direction.
 * `depends_on`: from needs to in order to work; a fault of to is felt at from.
 */
export const linkKinds = ['contains', 'connects', 'depends_on'] as const;
export const linkKindSchema = z.enum(linkKinds);
export type LinkKind = z.infer<typeof linkKindSchema>;

export const topologyLinkSchema = z.object({ from: nameSchema, to: nameSchema, kind: linkKindSchema });
export type TopologyLink = z.infer<typeof topologyLinkSchema>;

/** TOPOLOGY.json. */
export const topologyFileSchema = z.object({
  entities: z.array(topologyEntitySchema),
  links: z.array(topologyLinkSchema),
});
export type TopologyFile = z.infer<typeof topologyFileSchema>;

/**
 * Reads the text of a TOPOLOGY.json. Optional fields may be null. Links to entities that the file does not list are legal.
 * @throws FileFormatError naming the line of the first fault
 */
export function parseTopologyFile(text: string, fileName: string): TopologyFile {
  let content: unknown;
  try {
    content = JSON.parse(text, (key, value) => (value === null && key !== '' ? undefined : value));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new FileFormatError(fileName, lineOfSyntaxError(text, message), `not JSON: ${message}`);
  }
  const parsed = topologyFileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path ?? [];
  throw new FileFormatError(fileName, lineOfJsonPath(text, path), describeIssue(parsed.error));
}

/** V8 tells the position of a syntax error in words only; without one the error is at the end of the text. */
function lineOfSyntaxError(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  return lineAt(text, position === undefined ? text.length : Number(position));
}
