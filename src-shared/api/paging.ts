import { z } from 'zod';

/** Page size of every list. */
export const limitSchema = z.coerce.number().int().min(1).max(1000).default(100);

/** Where the next page starts; opaque to the caller. */
export const cursorSchema = z.string().max(256);

export const pagingFields = { cursor: cursorSchema.optional(), limit: limitSchema };

/** The form of every list answer. `next_cursor` is null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next_cursor: cursorSchema.nullable() });
}
