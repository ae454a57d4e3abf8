import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { linkTo } from '#renderer/components/links.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { useHotkeyGroup } from '#renderer/frame/keys/use-hotkeys.ts';
import { useConsoleState, useIncidents, useMay, useSession } from '#renderer/state/hooks.ts';
import { useHeldOrder } from '../situation/use-held-order.ts';
import { CreateIncidentDialog } from './create-incident-dialog.tsx';
import { IncidentBars } from './incident-bars.tsx';
import { countStates, filterIncidents, type IncidentFilter, sortIncidents } from './incident-list.ts';
import { IncidentTable } from './incident-table.tsx';
import styles from './incidents-page.module.css';
import { useIncidentsPlace } from './use-incidents-place.ts';

/** The cases that people work. */
export default function IncidentsPage() {
  const [, navigate] = useLocation();
  const place = useIncidentsPlace();
  const { filter, sort } = place;
  const incidents = useIncidents();
  const hasSnapshot = useConsoleState((state) => state.hasSnapshot);
  const operator = useSession()?.operator ?? '';
  const mayWrite = useMay('INCIDENT_WRITE');
  const [cursor, setCursor] = useState<string | null>(null);
  const [isCreating, setCreating] = useState(false);
  const search = useRef<HTMLInputElement>(null);

  const counts = useMemo(() => countStates(incidents.items), [incidents]);
  const wanted = useMemo(
    () => sortIncidents(filterIncidents(incidents.items, filter, operator), sort),
    [incidents, filter, operator, sort],
  );
  const wantedIds = useMemo(() => wanted.map((incident) => incident.incident_id), [wanted]);
  const order = useHeldOrder(wantedIds, cursor === null ? [] : [cursor]);
  const listed = order.ids.flatMap((incidentId) => incidents.byId.get(incidentId) ?? []);

  function move(step: number): void {
    const index = listed.findIndex((incident) => incident.incident_id === cursor);
    const next = listed[Math.max(0, Math.min(listed.length - 1, index === -1 ? 0 : index + step))];
    if (next !== undefined) setCursor(next.incident_id);
  }

  /** Another wish is another list: nothing of the old one is held. */
  function wish(change: () => void): void {
    setCursor(null);
    change();
  }

  const open = () => cursor !== null && navigate(linkTo.incident(cursor));
  useHotkeyGroup('Incidents', [
    { keys: 'j', label: 'next incident', run: () => move(1) },
    { keys: 'k', label: 'previous incident', run: () => move(-1) },
    { keys: 'arrowdown', label: 'next incident', run: () => move(1), isHidden: true },
    { keys: 'arrowup', label: 'previous incident', run: () => move(-1), isHidden: true },
    { keys: 'enter', label: 'open it', run: open, isEnabled: cursor !== null },
    { keys: 'n', label: 'open an incident by hand', run: () => setCreating(true), isEnabled: mayWrite },
    { keys: '/', label: 'narrow the list', run: () => search.current?.select() },
    { keys: '.', label: 'show what is new above', run: order.release },
    { keys: 'escape', label: 'let the list flow', run: () => setCursor(null) },
  ]);

  return (
    <div className={styles.page}>
      <IncidentBars
        counts={counts}
        listed={listed.length}
        filter={filter}
        input={search}
        mayWrite={mayWrite}
        waiting={order.waiting.length}
        onFilter={(part) => wish(() => place.setFilter(part))}
        onCreate={() => setCreating(true)}
        onRelease={order.release}
      />
      <div className={styles.list}>
        {listed.length > 0 ? (
          <IncidentTable
            incidents={listed}
            sort={sort}
            cursor={cursor}
            onSort={(next) => wish(() => place.setSort(next))}
            onSelect={setCursor}
          />
        ) : hasSnapshot ? (
          <NothingListed filter={filter} total={counts.get('all') ?? 0} />
        ) : (
          <LoadingState what="the incidents" />
        )}
      </div>
      {isCreating && <CreateIncidentDialog onClose={() => setCreating(false)} />}
    </div>
  );
}

function NothingListed({ filter, total }: { readonly filter: IncidentFilter; readonly total: number }) {
  if (total === 0) {
    return (
      <EmptyState title="There is no incident">
        Incidents open by themselves when alarms cluster or one is major or critical, and by hand.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={filter.state === 'open' && filter.words === '' ? 'No incident is open' : 'No incident fits'}>
      {total} {total === 1 ? 'is' : 'are'} kept in other states or with other owners; “all” shows them.
    </EmptyState>
  );
}
