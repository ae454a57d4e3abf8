import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Key } from '../components/key.tsx';
import { useConsole, useConsoleState, useSession } from '../state/hooks.ts';
import { screens } from './screens.ts';

/** How many happenings and incidents the palette offers. */
const offered = 50;

/** Everything that can be gone to or done by typing a few letters. */
export function CommandPalette({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const [, navigate] = useLocation();
  const { setColorScheme } = useMantineColorScheme();
  const { selectTenant, store } = useConsole();
  const tenants = useSession()?.tenants ?? [];
  const tenantId = useConsoleState((state) => state.tenantId);

  const goTo: SpotlightActionData[] = screens.flatMap(({ path, rail }) =>
    rail === undefined
      ? []
      : [{ id: path, label: rail.label, onClick: () => navigate(path), rightSection: <Key keys={`g ${rail.key}`} /> }],
  );
  // Read when the palette opens: nothing may move while one chooses.
  const [{ situation, incidents }, setRead] = useState(store.getState);
  const happenings: SpotlightActionData[] = situation.happenings.slice(0, offered).map((cluster) => ({
    id: cluster.cluster_id,
    label: cluster.title,
    description: `${cluster.severity}, ${cluster.alarm_count} alarms`,
    onClick: () => navigate(`/clusters/${encodeURIComponent(cluster.cluster_id)}`),
  }));
  const open: SpotlightActionData[] = incidents.items
    .filter(({ state }) => state !== 'closed')
    .slice(0, offered)
    .map((incident) => ({
      id: incident.incident_id,
      label: incident.title,
      description: `incident, ${incident.state.replace('_', ' ')}, ${incident.owner ?? 'unowned'}`,
      onClick: () => navigate(`/incidents/${encodeURIComponent(incident.incident_id)}`),
    }));
  const doing: SpotlightActionData[] = [
    { id: 'keys', label: 'Show all keys', onClick: onShowKeys, rightSection: <Key keys="?" /> },
    { id: 'dark', label: 'Dark colours', onClick: () => setColorScheme('dark') },
    { id: 'light', label: 'Light colours', onClick: () => setColorScheme('light') },
    { id: 'auto', label: 'Colours as the system has them', onClick: () => setColorScheme('auto') },
    ...tenants
      .filter((tenant) => tenant !== tenantId)
      .map((tenant) => ({
        id: `tenant:${tenant}`,
        label: `Show tenant ${tenant}`,
        onClick: () => selectTenant(tenant),
      })),
  ];

  return (
    <Spotlight
      shortcut={null}
      onSpotlightOpen={() => setRead(store.getState())}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      limit={20}
      size={620}
      highlightQuery
      scrollable
      maxHeight={420}
      nothingFound="Nothing by that name"
      searchProps={{
        placeholder: 'Go to a screen, a happening, an incident; or do something',
        'aria-label': 'Command',
      }}
      actions={[
        { group: 'Go to', actions: goTo },
        { group: 'Happening now', actions: happenings },
        { group: 'Incidents', actions: open },
        { group: 'Do', actions: doing },
      ]}
    />
  );
}
