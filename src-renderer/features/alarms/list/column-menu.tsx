import { Button, Menu } from '@mantine/core';
import { IconCheck, IconColumns3 } from '@tabler/icons-react';
import { columns } from './columns.ts';
import type { ColumnChoice } from './use-column-choice.ts';

/** Which columns the list has. Narrow windows leave out some of the chosen ones. */
export function ColumnMenu({ choice }: { readonly choice: ColumnChoice }) {
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button leftSection={<IconColumns3 size={14} aria-hidden="true" />}>Columns</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>The details show everything</Menu.Label>
        {columns.map((column) => (
          <Menu.Item
            key={column.key}
            role="menuitemcheckbox"
            aria-checked={!choice.hidden.has(column.key)}
            leftSection={<IconCheck size={12} opacity={choice.hidden.has(column.key) ? 0 : 1} aria-hidden="true" />}
            disabled={column.dispensable === 0}
            onClick={() => choice.toggle(column.key)}
          >
            {column.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
