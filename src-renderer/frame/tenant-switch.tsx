import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { useConsole, useConsoleState, useSession } from '../state/hooks.ts';
import styles from './tenant-switch.module.css';

/** Whose network is shown; a menu when the session may see several. */
export function TenantSwitch() {
  const { selectTenant } = useConsole();
  const session = useSession();
  const tenantId = useConsoleState((state) => state.tenantId);
  if (session === null || tenantId === null) return null;
  if (session.tenants.length < 2) {
    return (
      <span className={styles.tenant} title="Tenant">
        {tenantId}
      </span>
    );
  }
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={styles.tenant} data-menu aria-label={`Tenant ${tenantId}, switch`}>
          {tenantId}
          <IconSelector size={13} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Tenant</Menu.Label>
        {session.tenants.map((one) => (
          <Menu.Item
            key={one}
            onClick={() => selectTenant(one)}
            rightSection={one === tenantId ? <IconCheck size={14} aria-label="shown now" /> : null}
          >
            {one}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
