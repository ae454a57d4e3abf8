import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAuditTrail } from '#engine/audit/audit-store.ts';
import { verifyTrail } from '#engine/audit/verify-trail.ts';
import { openForWriting, type SqliteClient, unitsOfWorkOf } from '#engine/store/database.ts';
import { applyMigrations } from '#engine/store/migrate.ts';
import { migrationsFolder } from '#test/support/engine/core.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';
import { runPedkai } from '#test/support/hosts/command-line.ts';

/** A trail of two tenants on a real file. */
function trailOf(perTenant: number): { readonly client: SqliteClient; readonly folder: string } {
  const folder = temporaryFolder();
  const client = openForWriting(path.join(folder, 'pedkai.db'), 'normal');
  onTestFinished(() => {
    client.close();
  });
  applyMigrations(client, migrationsFolder);
  const trail = createAuditTrail(client);
  for (let number = 1; number <= perTenant; number++)
    for (const tenantId of ['acme', 'zeta'])
      trail.append({
        tenantId,
        at: Date.UTC(2026, 10, 22) + number,
        actor: { kind: 'person', name: 'Ana "A" Öz' },
        what: 'action.approved',
        subject: `a-${number}`,
        why: 'fibre cut\nconfirmed',
        detail: { approvals: number },
        traceId: 'ab'.repeat(16),
        entryId: `e-${tenantId}-${number}`,
      });
  return { client, folder };
}

const check = (client: SqliteClient) => unitsOfWorkOf(client).read(verifyTrail);

/** What somebody does who may write the file but goes past the engine. */
function tamper(client: SqliteClient, sql: string, ...values: readonly unknown[]): void {
  client.exec('DROP TRIGGER IF EXISTS audit_records_no_update; DROP TRIGGER IF EXISTS audit_records_no_delete');
  client.prepare(sql).run(...values);
}

const texts = ['actor', 'what', 'subject', 'why', 'detail', 'trace_id', 'entry_id', 'previous_hash', 'hash'] as const;

describe('the audit trail', () => {
  it('holds together as written, per tenant', () => {
    const { client } = trailOf(20);
    const verdict = check(client);
    expect(verdict).toMatchObject({ records: 40, firstBreak: null });
    expect(verdict.heads.map(({ tenantId, number }) => [tenantId, number])).toEqual([
      ['acme', 20],
      ['zeta', 20],
    ]);
  });

  it('holds together when it is empty', () => {
    expect(check(trailOf(0).client)).toEqual({ records: 0, heads: [], firstBreak: null });
  });

  it('refuses to be changed or shortened', () => {
    const { client } = trailOf(2);
    expect(() => client.exec('UPDATE audit_records SET why = why')).toThrow('append-only');
    expect(() => client.exec('DELETE FROM audit_records')).toThrow('append-only');
  });

  it('names the record in which any one character of any field was changed', () => {
    const { client } = trailOf(12);
    const changes = fc.record({
      number: fc.integer({ min: 1, max: 12 }),
      tenant: fc.constantFrom('acme', 'zeta'),
      field: fc.constantFrom(...texts),
      where: fc.nat({ max: 7 }),
    });
    client.exec('DROP TRIGGER audit_records_no_update');
    fc.assert(
      fc.property(changes, ({ number, tenant, field, where }) => {
        client.exec('SAVEPOINT before');
        try {
          const changed = client
            .prepare(
              `UPDATE audit_records SET ${field} = substr(${field}, 1, ?) || CASE substr(${field}, ? + 1, 1) WHEN 'x' THEN 'y' ELSE 'x' END
               || substr(${field}, ? + 2) WHERE tenant_id = ? AND number = ?`,
            )
            .run(where, where, where, tenant, number);
          expect(changed.changes).toBe(1);
          expect(check(client).firstBreak).toMatchObject({ tenantId: tenant, number });
        } finally {
          client.exec('ROLLBACK TO before; RELEASE before');
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['a time', 'UPDATE audit_records SET at = at + 1 WHERE tenant_id = ? AND number = 5', 5],
    ['who it was', `UPDATE audit_records SET actor_kind = 'engine' WHERE tenant_id = ? AND number = 5`, 5],
    ['a kind that does not exist', `UPDATE audit_records SET actor_kind = 'god' WHERE tenant_id = ? AND number = 5`, 5],
    ['its place', 'UPDATE audit_records SET number = 99 WHERE tenant_id = ? AND number = 5', 6],
    ['a record removed', 'DELETE FROM audit_records WHERE tenant_id = ? AND number = 5', 6],
    ['the end cut off', 'DELETE FROM audit_records WHERE tenant_id = ? AND number > 5', 6],
    ['everything removed', 'DELETE FROM audit_records WHERE tenant_id = ?', 1],
  ])('finds %s', (_what, sql, number) => {
    const { client } = trailOf(9);
    tamper(client, sql, 'acme');
    expect(check(client).firstBreak).toMatchObject({ tenantId: 'acme', number });
  });

  it('is verified and exported from the command line', async () => {
    const { client, folder } = trailOf(3);
    const good = await runPedkai(['audit', 'verify', '--data-dir', folder]);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ intact: true, records: 6, first_broken: null });
    const exported = await runPedkai(['export', 'audit', '--data-dir', folder, '--tenant', 'acme']);
    const lines = exported.stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ tenant_id: 'acme', number: 1, actor: 'Ana "A" Öz', detail: { approvals: 1 } });
    tamper(client, `UPDATE audit_records SET why = 'x' WHERE tenant_id = ? AND number = 2`, 'zeta');
    const bad = await runPedkai(['audit', 'verify', '--data-dir', folder]);
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain('broken at record 2 of tenant zeta');
    expect(JSON.parse(bad.stdout)).toMatchObject({ intact: false, first_broken: { tenant_id: 'zeta', number: 2 } });
  }, 60_000);
});
