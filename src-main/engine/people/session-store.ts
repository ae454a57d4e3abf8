import { and, asc, count, eq, isNull } from 'drizzle-orm';
import type { Person } from '#shared/api/people.ts';
import type { Role } from '#shared/vocabulary/actions.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { ReadUnit } from '../store/database.ts';
import type { Credentials } from './passphrases.ts';
import { operatorSessions, operators } from './people.schema.ts';

/** A session that nobody used for so long is locked: its owner signs in again. */
export const idleMilliseconds = 15 * 60_000;
/** A session ends after a shift, used or not. */
export const sessionMilliseconds = 12 * 3_600_000;

/** A session as a request is judged by it. */
export interface KnownSession {
  readonly sessionId: string;
  readonly operatorId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly endsAt: number;
  readonly lastUsedAt: number;
}

/** The session whose secret has this hash, while it stands and its person may come in; null otherwise. */
export function findSession(unit: ReadUnit, secretHash: string): KnownSession | null {
  const row = unit.orm
    .select({ session: operatorSessions, operator: operators })
    .from(operatorSessions)
    .innerJoin(operators, eq(operators.operatorId, operatorSessions.operatorId))
    .where(
      and(eq(operatorSessions.secretHash, secretHash), isNull(operatorSessions.endedAt), isNull(operators.disabledAt)),
    )
    .get();
  if (row === undefined) return null;
  const { session, operator } = row;
  return {
    sessionId: session.sessionId,
    operatorId: operator.operatorId,
    name: operator.name,
    roles: operator.roles,
    endsAt: session.endsAt,
    lastUsedAt: session.lastUsedAt,
  };
}

/** Why a session does not let in at `now`; null when it does. */
export function sessionProblem(session: KnownSession | null, now: number): string | null {
  if (session === null) return 'The session is not known here, or has ended; sign in again.';
  if (session.endsAt <= now) return 'The session has expired; sign in again.';
  return now - session.lastUsedAt > idleMilliseconds ? 'The session is locked; sign in again.' : null;
}

export function peopleExist(unit: ReadUnit): boolean {
  return (unit.orm.select({ value: count() }).from(operators).get()?.value ?? 0) > 0;
}

/** A person with what is needed to check their passphrase; null when there is nobody of that name who may come in. */
export function findPersonByName(
  unit: ReadUnit,
  name: string,
): { readonly person: Person; readonly credentials: Credentials } | null {
  const row = unit.orm.select().from(operators).where(eq(operators.name, name)).get();
  return row === undefined || row.disabledAt !== null
    ? null
    : { person: personToWire(row), credentials: row.credentials };
}

export function findPerson(unit: ReadUnit, operatorId: string): Person | null {
  const row = unit.orm.select().from(operators).where(eq(operators.operatorId, operatorId)).get();
  return row === undefined ? null : personToWire(row);
}

export function listPeople(unit: ReadUnit): Person[] {
  return unit.orm.select().from(operators).orderBy(asc(operators.name)).all().map(personToWire);
}

function personToWire(row: typeof operators.$inferSelect): Person {
  return {
    operator_id: row.operatorId,
    name: row.name,
    roles: [...row.roles],
    created_at: toTimestamp(row.createdAt),
    disabled: row.disabledAt !== null,
  };
}
