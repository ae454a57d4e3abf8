import { sign } from 'node:crypto';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { hashSecret, newSessionSecret } from '../access/secrets.ts';
import { adrId } from '../gate/adr-options.ts';
import { adrView } from '../gate/adr-view.ts';
import { gateOf } from '../gate/gate-store.ts';
import { runSelfTest } from '../gate/self-test.ts';
import { type SignedStatement, statementBytes } from '../gate/signatures.ts';
import { makeCredentials, openCredentials } from '../people/passphrases.ts';
import { findPerson, findPersonByName, listPeople, peopleExist, sessionMilliseconds } from '../people/session-store.ts';
import { listPolicies, policyVersions, whatIf } from '../policies/policy-queries.ts';
import type { ApiContext } from './api-context.ts';
import { base } from './base.ts';
import { decide } from './decide.ts';
import { refusal } from './refusal.ts';
import type { ApiServices } from './services.ts';
import { found, tenantOf } from './submit.ts';

/** Implements the contract's `adr`. */
export function adrProcedures(services: ApiServices) {
  const { reader, gatekeeper, clock, newId } = services;
  const view = (context: ApiContext) =>
    reader.read((unit) =>
      adrView(unit, tenantOf(context), {
        document: gatekeeper.document(),
        shelf: gatekeeper.shelf,
        executor: gatekeeper.executorName,
        now: clock(),
      }),
    );
  const mustBeOurs = (id: string) => found(id === adrId ? id : null, `document ${id}`);
  const signing = async (
    context: ApiContext,
    input: { role: 'product_owner' | 'cto'; passphrase: string; document_hash: string },
  ) => {
    const { actor } = context.caller;
    const known = actor.kind === 'person' ? reader.read((unit) => findPersonByName(unit, actor.name)) : null;
    if (known === null) throw refusal('FORBIDDEN', 'Only a person who is signed in can sign.');
    const document = gatekeeper.document();
    if (document === null || document.hash !== input.document_hash)
      throw refusal('CONFLICT', 'The document was edited since you read it; read it again before you sign.');
    const key = await services.passphraseGuard.open(known.person.name, () =>
      openCredentials(input.passphrase, known.credentials),
    );
    if (key === null) {
      await decide(services, context, {
        name: 'audit.refused',
        what: 'adr.sign',
        subject: adrId,
        why: 'The passphrase is wrong.',
      });
      throw refusal('FORBIDDEN', 'The passphrase is wrong.');
    }
    const tenantId = tenantOf(context);
    const statement: SignedStatement = {
      tenantId,
      adrId,
      option: reader.read((unit) => gateOf(unit.orm, tenantId)).chosen,
      role: input.role,
      operatorId: known.person.operator_id,
      documentHash: document.hash,
      signedAt: clock(),
    };
    return {
      ...statement,
      signatureId: newId(),
      name: known.person.name,
      signature: sign(null, statementBytes(statement), key).toString('base64'),
      publicKey: known.credentials.public_key,
      revokedAt: null,
      revokedBy: null,
    };
  };

  return {
    list: base.adr.list.handler(({ context }) => ({ items: [view(context)], next_cursor: null })),
    choose: base.adr.choose.handler(async ({ input, context }) => {
      mustBeOurs(input.adr_id);
      await decide(
        services,
        context,
        { name: 'adr.choose', option: input.option, reason: input.reason },
        { closes: true },
      );
      return view(context);
    }),
    sign: base.adr.sign.handler(async ({ input, context }) => {
      mustBeOurs(input.adr_id);
      const signature = await signing(context, input);
      const documentHash = gatekeeper.document()?.hash ?? null;
      await decide(services, context, { name: 'adr.sign', signature, documentHash });
      return view(context);
    }),
    revoke: base.adr.revoke.handler(async ({ input, context }) => {
      mustBeOurs(input.adr_id);
      await decide(services, context, { name: 'adr.revoke', reason: input.reason }, { closes: true });
      return view(context);
    }),
    stop: base.adr.stop.handler(async ({ input, context }) => {
      await decide(services, context, { name: 'gate.stop', reason: input.reason }, { closes: true });
      return view(context);
    }),
    release: base.adr.release.handler(async ({ input, context }) => {
      await decide(services, context, { name: 'gate.release', reason: input.reason });
      return view(context);
    }),
    autonomy: base.adr.autonomy.handler(async ({ input, context }) => {
      const { opted_in: optedIn, allowed_types: allowedTypes, rollout_share: rolloutShare, reason } = input;
      await decide(
        services,
        context,
        { name: 'gate.autonomy', optedIn, allowedTypes, rolloutShare, reason },
        { closes: !optedIn },
      );
      return view(context);
    }),
    selfTest: base.adr.selfTest.handler(async ({ input, context }) => {
      mustBeOurs(input.adr_id);
      const { passed, lines } = runSelfTest(clock());
      await decide(services, context, { name: 'gate.self_test', passed, report: lines });
      return { passed, report: [...lines], adr: view(context) };
    }),
  };
}

/** Implements the contract's `policies`. */
export function policyProcedures(services: ApiServices) {
  const { reader, gatekeeper } = services;
  return {
    list: base.policies.list.handler(({ context }) => ({
      items: reader.read((unit) => listPolicies(unit, tenantOf(context))),
      next_cursor: null,
    })),
    put: base.policies.put.handler(async ({ input, context }) => {
      const { id } = await decide(services, context, {
        name: 'policy.put',
        source: input.source,
        note: input.note,
        expectedVersion: input.expected_version ?? null,
      });
      const stored = reader.read((unit) => listPolicies(unit, tenantOf(context))).find(({ policy }) => policy === id);
      return found(stored ?? null, `policy ${id}`);
    }),
    tryOut: base.policies.tryOut.handler(({ input, context }) =>
      reader.read((unit) =>
        whatIf(unit, tenantOf(context), input.source, gatekeeper.shelf.of(tenantOf(context)).policies),
      ),
    ),
    withdraw: base.policies.withdraw.handler(async ({ input, context }) => {
      await decide(services, context, { name: 'policy.withdraw', policy: input.policy, reason: input.reason });
      return { policy: input.policy, withdrawn: true as const };
    }),
    history: base.policies.history.handler(({ input, context }) => ({
      items: reader.read((unit) => policyVersions(unit, tenantOf(context), input.policy)),
    })),
  };
}

/** Implements the contract's `people`. */
export function peopleProcedures(services: ApiServices) {
  const { reader, clock, newId, authenticator, passphraseGuard } = services;
  const personOf = (operatorId: string) =>
    found(
      reader.read((unit) => findPerson(unit, operatorId)),
      `person ${operatorId}`,
    );
  return {
    list: base.people.list.handler(() => ({ items: reader.read(listPeople), next_cursor: null })),
    create: base.people.create.handler(async ({ input, context }) => {
      const credentials = await makeCredentials(input.passphrase);
      const { id } = await decide(services, context, {
        name: 'person.create',
        operatorId: newId(),
        personName: input.name,
        roles: input.roles,
        credentials,
      });
      authenticator.forget();
      return personOf(id);
    }),
    change: base.people.change.handler(async ({ input, context }) => {
      const credentials = input.passphrase === undefined ? null : await makeCredentials(input.passphrase);
      await decide(
        services,
        context,
        {
          name: 'person.change',
          operatorId: input.operator_id,
          roles: input.roles ?? null,
          credentials,
          disabled: input.disabled ?? null,
        },
        { closes: true },
      );
      authenticator.forget();
      return personOf(input.operator_id);
    }),
    signIn: base.people.signIn.handler(async ({ input, context }) => {
      const known = reader.read((unit) => findPersonByName(unit, input.name));
      const key = await passphraseGuard.open(input.name, () =>
        known === null
          ? passphraseGuard.pretend(input.passphrase)
          : openCredentials(input.passphrase, known.credentials),
      );
      if (known === null || key === null) {
        await decide(services, context, {
          name: 'audit.refused',
          what: 'session.start',
          subject: input.name,
          why: 'The name or the passphrase is wrong.',
        });
        throw refusal('FORBIDDEN', 'The name or the passphrase is wrong.');
      }
      const secret = newSessionSecret();
      const endsAt = clock() + sessionMilliseconds;
      const asPerson: ApiContext = {
        ...context,
        caller: {
          ...context.caller,
          actor: { kind: 'person', id: known.person.operator_id, name: known.person.name, roles: known.person.roles },
        },
      };
      await decide(services, asPerson, {
        name: 'session.start',
        sessionId: newId(),
        operatorId: known.person.operator_id,
        secretHash: hashSecret(secret),
        endsAt,
      });
      return { secret, person: known.person, ends_at: toTimestamp(endsAt) };
    }),
    signOut: base.people.signOut.handler(async ({ context }) => {
      const { sessionId } = context.caller;
      if (sessionId === null) return { ended: false };
      await decide(services, context, { name: 'session.end', sessionId, why: 'Signed out.' });
      authenticator.forget();
      return { ended: true };
    }),
    me: base.people.me.handler(({ context }) => {
      const { actor } = context.caller;
      return {
        person: actor.kind === 'person' ? personOf(actor.id) : null,
        people_exist: reader.read(peopleExist),
      };
    }),
  };
}
