import { and, count, eq, isNull, ne } from 'drizzle-orm';
import type { CoreResult } from '../../core/inputs.ts';
import { operatorSessions, operators } from '../../people/people.schema.ts';
import type { DecideCommand } from './decide-command.ts';
import { audit, carriedOut, type DecideContext, refusedAndNoted } from './decide-context.ts';

/** Adds a person. The first one must be an admin, so that there is somebody who can add the others. */
export function createPerson(
  command: Extract<DecideCommand, { name: 'person.create' }>,
  context: DecideContext,
): CoreResult {
  const { orm } = context.unit;
  const { operatorId, personName, roles, credentials } = command;
  const namesake = orm.select().from(operators).where(eq(operators.name, personName)).get();
  if (namesake !== undefined)
    return refusedAndNoted(
      context,
      'person.create',
      personName,
      'CONFLICT',
      `There is a person named ${personName} already.`,
    );
  const isFirst = (orm.select({ value: count() }).from(operators).get()?.value ?? 0) === 0;
  if (isFirst && !roles.includes('admin'))
    return refusedAndNoted(context, 'person.create', personName, 'CONFLICT', 'The first person must be an admin.');
  orm
    .insert(operators)
    .values({ operatorId, name: personName, roles, credentials, createdAt: context.now, disabledAt: null })
    .run();
  audit(context, 'person.created', personName, isFirst ? 'First-run set-up.' : 'Added.', {
    operator_id: operatorId,
    given_roles: roles,
  });
  return carriedOut(operatorId);
}

/** Changes a person's roles or passphrase, or lets them in no more. The last admin stays. */
export function changePerson(
  command: Extract<DecideCommand, { name: 'person.change' }>,
  context: DecideContext,
): CoreResult {
  const { unit, now } = context;
  const { operatorId, roles, credentials, disabled } = command;
  const person = unit.orm.select().from(operators).where(eq(operators.operatorId, operatorId)).get();
  if (person === undefined)
    return { kind: 'refused', refusal: { code: 'NOT_FOUND', message: `There is no person ${operatorId}.` } };
  const losesAdmin =
    person.roles.includes('admin') && (disabled === true || (roles !== null && !roles.includes('admin')));
  if (losesAdmin && !hasOtherAdmin(context, operatorId))
    return refusedAndNoted(context, 'person.change', person.name, 'CONFLICT', 'The last admin must stay one.');
  unit.orm
    .update(operators)
    .set({
      ...(roles === null ? {} : { roles }),
      ...(credentials === null ? {} : { credentials }),
      ...(disabled === null ? {} : { disabledAt: disabled ? now : null }),
    })
    .where(eq(operators.operatorId, operatorId))
    .run();
  // Whoever changed roles, passphrase or access signs in anew.
  unit.orm
    .update(operatorSessions)
    .set({ endedAt: now })
    .where(and(eq(operatorSessions.operatorId, operatorId), isNull(operatorSessions.endedAt)))
    .run();
  audit(context, 'person.changed', person.name, 'Changed.', {
    operator_id: operatorId,
    ...(roles === null ? {} : { given_roles: roles }),
    ...(credentials === null ? {} : { passphrase: 'changed' }),
    ...(disabled === null ? {} : { disabled }),
  });
  return carriedOut(operatorId);
}

function hasOtherAdmin({ unit }: DecideContext, except: string): boolean {
  return unit.orm
    .select({ roles: operators.roles })
    .from(operators)
    .where(and(ne(operators.operatorId, except), isNull(operators.disabledAt)))
    .all()
    .some(({ roles }) => roles.includes('admin'));
}

export function startSession(
  command: Extract<DecideCommand, { name: 'session.start' }>,
  context: DecideContext,
): CoreResult {
  const { sessionId, operatorId, secretHash, endsAt } = command;
  context.unit.orm
    .insert(operatorSessions)
    .values({
      sessionId,
      operatorId,
      secretHash,
      startedAt: context.now,
      endsAt,
      lastUsedAt: context.now,
      endedAt: null,
    })
    .run();
  audit(context, 'session.started', sessionId, 'Signed in.');
  return carriedOut(sessionId);
}

export function endSession(
  { sessionId, why }: Extract<DecideCommand, { name: 'session.end' }>,
  context: DecideContext,
): CoreResult {
  const ended = context.unit.orm
    .update(operatorSessions)
    .set({ endedAt: context.now })
    .where(and(eq(operatorSessions.sessionId, sessionId), isNull(operatorSessions.endedAt)))
    .run();
  if (ended.changes > 0) audit(context, 'session.ended', sessionId, why);
  return carriedOut(sessionId);
}

/** Notes that a session is in use, so that it does not lock. Not audited: it decides nothing. */
export function touchSession(
  { sessionId }: Extract<DecideCommand, { name: 'session.used' }>,
  { unit, now }: DecideContext,
): CoreResult {
  unit.orm
    .update(operatorSessions)
    .set({ lastUsedAt: now })
    .where(and(eq(operatorSessions.sessionId, sessionId), isNull(operatorSessions.endedAt)))
    .run();
  return carriedOut(sessionId);
}
