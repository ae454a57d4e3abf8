import type { NeedKind, Role } from './model.ts';
import type { IdStyle } from './naming.ts';

export type AccessShape = 'ring' | 'chain' | 'mesh' | 'star';

/** How one operator builds and records its network. */
export interface NetworkStyle {
  readonly ids: IdStyle;
  /** Words for roles where they differ from the customary ones. */
  readonly typeWords: Readonly<Partial<Record<Role, string>>>;
  readonly access: Readonly<Partial<Record<AccessShape, number>>>;
  /** Share of access connections that are microwave hops. */
  readonly microwaveShare: number;
  /** Whether a fibre is an entity between its two ends. */
  readonly spansAreEntities: boolean;
  readonly regionsAreEntities: boolean;
  readonly sectorsAreEntities: boolean;
  /** `deep`: region, site, baseband, sector, cell. `flat`: the site holds everything. */
  readonly containment: 'deep' | 'flat';
  /** How each kind of need is recorded; `none`: the console cannot know it. */
  readonly recorded: Readonly<Record<NeedKind, 'depends_on' | 'connects' | 'none'>>;
  readonly radioShare: number;
  readonly oltShare: number;
  readonly cellsPerSector: readonly [number, number];
  readonly sitesPerHub: readonly [number, number];
  readonly controllersPerRegion: readonly [number, number];
  /** Share of sites with a battery. */
  readonly batteryShare: number;
  /** Share of recorded links that the inventory has lost. */
  readonly missingLinks: number;
  /** Whether a second system repeats alarms under coarser names on the site. */
  readonly umbrella: boolean;
  /** Share of sources whose clock is off by minutes. */
  readonly skewedSources: number;
}

const allDependsOn: NetworkStyle['recorded'] = {
  power: 'depends_on',
  feed: 'depends_on',
  transport: 'depends_on',
  clock: 'depends_on',
  control: 'depends_on',
  service: 'depends_on',
};

const national: NetworkStyle = {
  ids: 'hierarchical',
  typeWords: {},
  access: { ring: 5, chain: 3, star: 1 },
  microwaveShare: 0.3,
  spansAreEntities: false,
  regionsAreEntities: true,
  sectorsAreEntities: true,
  containment: 'deep',
  recorded: allDependsOn,
  radioShare: 0.95,
  oltShare: 0.15,
  cellsPerSector: [1, 3],
  sitesPerHub: [10, 40],
  controllersPerRegion: [1, 2],
  batteryShare: 0.6,
  missingLinks: 0,
  umbrella: true,
  skewedSources: 0.15,
};

/** Styles for tuning and reporting alike. */
export const commonStyles = {
  national,
  connected: {
    ...national,
    ids: 'dotted',
    typeWords: { baseband: 'ENODEB', aggregation: 'SWITCH', power: 'RECTIFIER' },
    access: { ring: 4, mesh: 2, chain: 2 },
    recorded: {
      power: 'none',
      feed: 'connects',
      transport: 'connects',
      clock: 'connects',
      control: 'connects',
      service: 'depends_on',
    },
    umbrella: false,
    skewedSources: 0.3,
  },
  microwave: {
    ...national,
    ids: 'numeric',
    access: { chain: 5, star: 2, ring: 1 },
    microwaveShare: 0.85,
    sectorsAreEntities: false,
    containment: 'flat',
    cellsPerSector: [1, 2],
    batteryShare: 0.8,
    skewedSources: 0.2,
  },
  fixed: {
    ...national,
    ids: 'hierarchical',
    typeWords: { controller: 'BNG', router: 'SWITCH' },
    access: { mesh: 3, ring: 3, star: 2 },
    microwaveShare: 0.05,
    spansAreEntities: true,
    radioShare: 0.25,
    oltShare: 1,
    umbrella: true,
    missingLinks: 0.01,
  },
  metro: {
    ...national,
    ids: 'dotted',
    access: { mesh: 4, ring: 2, star: 1 },
    microwaveShare: 0.1,
    regionsAreEntities: false,
    recorded: { ...allDependsOn, transport: 'connects', power: 'none' },
    cellsPerSector: [2, 4],
    controllersPerRegion: [1, 1],
    batteryShare: 0.3,
    skewedSources: 0.25,
  },
  sparse: {
    ...national,
    ids: 'opaque',
    typeWords: { site: 'LOCATION', baseband: 'NE', router: 'NE', sector: 'RRU', power: 'ENV', microwave: 'NE' },
    access: { ring: 3, chain: 3, star: 1 },
    regionsAreEntities: false,
    containment: 'flat',
    recorded: {
      power: 'connects',
      feed: 'connects',
      transport: 'connects',
      clock: 'none',
      control: 'depends_on',
      service: 'connects',
    },
    missingLinks: 0.03,
    skewedSources: 0.3,
  },
} as const satisfies Record<string, NetworkStyle>;

/** Styles that tuning never sees. */
export const reportingOnlyStyles = {
  railway: {
    ...national,
    ids: 'numeric',
    typeWords: { router: 'MPLS_NODE', baseband: 'BTS', sector: 'TRX_GROUP', controller: 'BSC' },
    access: { chain: 4, ring: 3 },
    microwaveShare: 0.1,
    spansAreEntities: true,
    containment: 'flat',
    recorded: { ...allDependsOn, power: 'none', clock: 'connects' },
    sitesPerHub: [6, 16],
    batteryShare: 0.9,
    umbrella: true,
  },
  converged: {
    ...national,
    ids: 'opaque',
    typeWords: { olt: 'ACCESS_NODE', baseband: 'GNODEB', aggregation: 'AGG' },
    access: { ring: 3, star: 2, mesh: 1, chain: 1 },
    microwaveShare: 0.2,
    oltShare: 0.7,
    regionsAreEntities: false,
    sectorsAreEntities: false,
    recorded: { ...allDependsOn, transport: 'none', control: 'connects' },
    missingLinks: 0.01,
    skewedSources: 0.25,
  },
} as const satisfies Record<string, NetworkStyle>;

export const networkStyles: Readonly<Record<StyleName, NetworkStyle>> = { ...commonStyles, ...reportingOnlyStyles };
export type StyleName = keyof typeof commonStyles | keyof typeof reportingOnlyStyles;
