import { Autocomplete, Button, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { Session, TokenCreateInput } from '#shared/api/console.ts';
import { tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { type Scope, scopes } from '#shared/vocabulary/scopes.ts';
import styles from './settings-page.module.css';

interface TokenFormProps {
  readonly session: Session;
  /** Answers whether it was made. */
  readonly onCreate: (input: TokenCreateInput) => Promise<boolean>;
}

function isScope(word: string): word is Scope {
  return scopes.some((scope) => scope === word);
}

/** Tenant, scopes, name and expiry of a new token. */
export function TokenForm({ session, onCreate }: TokenFormProps) {
  const [tenantId, setTenantId] = useState(session.tenant_id ?? session.tenants[0] ?? '');
  const [chosen, setChosen] = useState<readonly Scope[]>(['ALARM_WRITE']);
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | null>(null);
  const [isSending, setSending] = useState(false);
  const tenant = tenantIdSchema.safeParse(tenantId.trim());
  const canCreate = tenant.success && chosen.length > 0 && !isSending;

  async function create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!tenant.success || !canCreate) return;
    setSending(true);
    const isMade = await onCreate({
      tenant_id: tenant.data,
      scopes: [...chosen],
      name: name.trim() === '' ? 'unnamed' : name.trim(),
      ...(days === null ? {} : { expires_days: days }),
    });
    setSending(false);
    if (isMade) setName('');
  }

  const tenantFault = tenantId !== '' && !tenant.success ? tenant.error.issues[0]?.message : undefined;
  return (
    <form className={styles.form} onSubmit={(event) => void create(event)}>
      <TextInput
        label="Name"
        placeholder="netact feed"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={128}
      />
      <Autocomplete
        label="Tenant"
        description={undefined}
        placeholder="my-network"
        data={session.tenants}
        value={tenantId}
        onChange={setTenantId}
        error={tenantFault}
        maxLength={64}
        required
        size="xs"
      />
      <MultiSelect
        label="Scopes"
        data={scopes}
        value={[...chosen]}
        onChange={(values) => setChosen(values.filter(isScope))}
        error={chosen.length === 0 ? 'at least one' : undefined}
        className={styles.scopes}
        hidePickedOptions
      />
      <NumberInput
        label="Expires after days"
        placeholder="never"
        value={days ?? ''}
        onChange={(value) => setDays(typeof value === 'number' ? value : null)}
        min={1}
        max={3650}
        allowDecimal={false}
        clampBehavior="strict"
      />
      <Button type="submit" variant="filled" disabled={!canCreate}>
        Create
      </Button>
    </form>
  );
}
