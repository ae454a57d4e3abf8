import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** A screen as the frame knows it. */
export interface Screen {
  readonly path: string;
  /** `<feature>/<file>` below `features/`, without `-page.tsx`. */
  readonly page: string;
  /** Entry in the rail; screens without one are reached by links. */
  readonly rail?: { readonly label: string; readonly group: 'now' | 'look-back' | 'set-up'; readonly key: string };
}

/** Every screen of the console in the order of the rail. Those without a page are left out. */
const planned: readonly Screen[] = [
  { path: '/situation', page: 'situation/situation', rail: { label: 'Situation', group: 'now', key: 's' } },
  { path: '/clusters/:id', page: 'cluster/cluster' },
  { path: '/alarms', page: 'alarms/alarms', rail: { label: 'Alarms', group: 'now', key: 'a' } },
  { path: '/noise', page: 'noise/noise', rail: { label: 'Noise', group: 'now', key: 'z' } },
  { path: '/incidents', page: 'incidents/incidents', rail: { label: 'Incidents', group: 'now', key: 'i' } },
  { path: '/incidents/:id', page: 'incidents/incident' },
  { path: '/network', page: 'network/network', rail: { label: 'Network', group: 'now', key: 'n' } },
  { path: '/kpis', page: 'kpis/kpis', rail: { label: 'KPIs', group: 'now', key: 'k' } },
  { path: '/actions', page: 'actions/actions', rail: { label: 'Actions', group: 'now', key: 'x' } },
  { path: '/actions/:id', page: 'actions/actions' },
  { path: '/decisions', page: 'decisions/decisions' },
  { path: '/policies', page: 'policies/policies' },
  { path: '/adr', page: 'adr/adr' },
  { path: '/audit', page: 'audit/audit' },
  { path: '/people', page: 'people/people' },
  { path: '/scorecard', page: 'scorecard/scorecard', rail: { label: 'Scorecard', group: 'look-back', key: 'c' } },
  { path: '/handover', page: 'handover/handover', rail: { label: 'Handover', group: 'look-back', key: 'h' } },
  { path: '/replay', page: 'replay/replay', rail: { label: 'Replay', group: 'look-back', key: 'r' } },
  { path: '/settings', page: 'settings/settings', rail: { label: 'Settings', group: 'set-up', key: 't' } },
];

/** A screen with its page, which is loaded when it is first shown. */
export interface AvailableScreen extends Screen {
  readonly Page: LazyExoticComponent<ComponentType>;
}

interface PageModule {
  readonly default: ComponentType;
}

const pages = import.meta.glob<PageModule>('../features/*/*-page.tsx');

/** The screens that exist. */
export const screens: readonly AvailableScreen[] = planned.flatMap((screen) => {
  const load = pages[`../features/${screen.page}-page.tsx`];
  return load === undefined ? [] : [{ ...screen, Page: lazy(load) }];
});
