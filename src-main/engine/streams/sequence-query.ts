import { eq } from 'drizzle-orm';
import { changeSequence } from '../journal/journal.schema.ts';
import type { ReadUnit } from '../store/database.ts';

/** The sequence of the newest committed change of any tenant. */
export function currentSequence(unit: ReadUnit): number {
  return (
    unit.orm.select({ value: changeSequence.value }).from(changeSequence).where(eq(changeSequence.id, 1)).get()
      ?.value ?? 0
  );
}
