import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '#renderer/components/form-dialog.tsx';
import { formatExact } from '#renderer/components/format-time.ts';
import styles from '#renderer/components/governance.module.css';
import { Section } from '#renderer/components/section.tsx';
import { useConsoleClient } from '#renderer/state/hooks.ts';
import type { Adr } from '#shared/api/adr.ts';
import { FailureLine } from '../actions/failure-line.tsx';
import { Lights } from '../actions/lights.tsx';
import { useAttempt } from '../actions/use-attempt.ts';

interface AdrProps {
  readonly adr: Adr;
  readonly onChanged: () => void;
}

const roleNames = { product_owner: 'Product Owner', cto: 'CTO' } as const;
type SigningRole = keyof typeof roleNames;
const signingRoles: readonly SigningRole[] = ['product_owner', 'cto'];

/** Who signed, what is still missing, and the way to sign: with the passphrase, over the document as it is now. */
export function SignOffSection({ adr, onChanged }: AdrProps) {
  const client = useConsoleClient();
  const attempt = useAttempt(onChanged);
  const [role, setRole] = useState<SigningRole | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const hash = adr.document_hash;

  async function sign(as: SigningRole): Promise<void> {
    setRole(null);
    const words = passphrase;
    setPassphrase('');
    await attempt.run(() =>
      client.adr.sign({ adr_id: adr.adr_id, role: as, passphrase: words, document_hash: hash ?? '' }),
    );
  }

  return (
    <Section heading="Sign-off">
      <Lights
        lights={adr.conditions.map(({ name, met, because }) => ({
          name,
          title: name.replaceAll('_', ' '),
          green: met,
          because,
        }))}
      />
      <div className={styles.buttons}>
        {signingRoles.map((one) => (
          <Button key={one} disabled={adr.chosen !== 'B' || hash === null} onClick={() => setRole(one)}>
            Sign as {roleNames[one]}
          </Button>
        ))}
        <Button
          disabled={!adr.signatures.some(({ revoked_at }) => revoked_at === null)}
          onClick={() =>
            void attempt.run(() => client.adr.revoke({ adr_id: adr.adr_id, reason: 'Revoked in the console.' }))
          }
        >
          Revoke the signatures
        </Button>
      </div>
      <FailureLine failure={attempt.failure} />
      {adr.signatures.length > 0 && (
        <table className={styles.table}>
          <tbody>
            {adr.signatures.map((signature) => (
              <tr key={signature.signature_id}>
                <td>
                  <bdi>{signature.name}</bdi>
                </td>
                <td>{roleNames[signature.role]}</td>
                <td>option {signature.option}</td>
                <td>{formatExact(Date.parse(signature.signed_at))}</td>
                <td>
                  {signature.revoked_at !== null
                    ? `revoked by ${signature.revoked_by ?? ''}`
                    : signature.valid
                      ? 'valid'
                      : 'void: not this document or key'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {role !== null && (
        <FormDialog
          title={`Sign option ${adr.chosen} as ${roleNames[role]}`}
          submitLabel="Sign"
          canSubmit={passphrase !== ''}
          onSubmit={() => void sign(role)}
          onCancel={() => setRole(null)}
        >
          <p>You sign the document with this hash, for this tenant. Any edit makes your signature void.</p>
          <p className={styles.mono}>{hash}</p>
          <PasswordInput
            data-autofocus
            label="Your passphrase"
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
        </FormDialog>
      )}
    </Section>
  );
}
