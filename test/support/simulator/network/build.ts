import type { Random } from '../random.ts';
import { createDraft, type NetworkDraft } from './draft.ts';
import { type BuiltSite, buildOlt, buildRadio, buildServices, buildSite } from './equipment.ts';
import type { Network } from './model.ts';
import type { NetworkStyle } from './styles.ts';

/** How large a network to build. */
export interface NetworkSize {
  readonly regions: number;
  readonly sitesPerRegion: number;
}

interface RegionFrame {
  readonly entity: number;
  readonly number: number;
  readonly centre: readonly [number, number];
  readonly aggregations: readonly [BuiltSite, BuiltSite];
  readonly controllers: readonly number[];
  readonly clocks: readonly number[];
}

function near(random: Random, centre: readonly [number, number], spread: number): readonly [number, number] {
  return [centre[0] + random.between(-spread, spread), centre[1] + random.between(-spread, spread)];
}

function buildCores(draft: NetworkDraft): BuiltSite[] {
  const cores = Array.from({ length: draft.random.integer(2, 3) }, (_, number) =>
    buildSite(draft, 'core', -1, 0, [50 + number, 10 + number]),
  );
  for (const [number, core] of cores.entries()) {
    for (const other of cores.slice(number + 1)) draft.edge(core.node, other.node, false);
  }
  return cores;
}

function buildFrame(draft: NetworkDraft, number: number, cores: readonly BuiltSite[]): RegionFrame {
  const { random, style } = draft;
  const centre: readonly [number, number] = [48 + 0.9 * number, 6 + 1.3 * (number % 3) + random.between(0, 1)];
  const entity = style.regionsAreEntities ? draft.entity('region', { region: number, parent: -1, near: centre }) : -1;
  const first = buildSite(draft, 'aggregation', entity, number, near(random, centre, 0.05));
  const second = buildSite(draft, 'aggregation', entity, number, near(random, centre, 0.05));
  draft.edge(first.node, second.node, false);
  const start = random.integer(0, cores.length - 1);
  for (const [offset, aggregation] of [first, second].entries()) {
    const core = cores[(start + offset) % cores.length];
    if (core !== undefined) draft.edge(aggregation.node, core.node, false);
  }
  const controllerCount = random.integer(style.controllersPerRegion[0], style.controllersPerRegion[1]);
  const controllers = Array.from({ length: controllerCount }, () => {
    const home = random.pick([first, second]);
    const controller = draft.entity('controller', { region: number, site: home.site });
    draft.need(controller, home.power, 'power');
    return controller;
  });
  const clocks = Array.from({ length: random.integer(1, 2) }, () =>
    draft.entity('clock', { region: number, site: random.pick([first, second]).site }),
  );
  return { entity, number, centre, aggregations: [first, second], controllers, clocks };
}

/** Lays out one group of access sites and wires it to what is there. */
function buildAccess(
  draft: NetworkDraft,
  frame: RegionFrame,
  existing: readonly BuiltSite[],
  ring: number,
): BuiltSite[] {
  const { random, style } = draft;
  const shape = random.weighted(style.access);
  const centre = near(random, frame.centre, 0.35);
  const site = (): BuiltSite => buildSite(draft, 'router', frame.entity, frame.number, near(random, centre, 0.06));
  const microwave = (): boolean => random.chance(style.microwaveShare);
  const [first, second] = frame.aggregations;
  const line = (count: number, from: number, ringNumber = -1): BuiltSite[] => {
    const places: BuiltSite[] = [];
    for (let number = 0; number < count; number++) {
      const place = site();
      draft.edge(places.at(-1)?.node ?? from, place.node, microwave(), ringNumber);
      places.push(place);
    }
    return places;
  };
  switch (shape) {
    case 'ring': {
      const places = line(random.integer(4, 9), first.node, ring);
      const last = places.at(-1);
      if (last !== undefined) draft.edge(last.node, second.node, microwave(), ring);
      return places;
    }
    case 'chain': {
      const hosts = existing.slice(-40);
      const from = hosts.length > 0 && random.chance(0.6) ? random.pick(hosts).node : random.pick([first, second]).node;
      return line(random.integer(2, 6), from);
    }
    case 'mesh': {
      const places = line(random.integer(4, 7), first.node);
      const last = places.at(-1);
      if (last !== undefined) draft.edge(last.node, second.node, false);
      for (let extra = 0; extra < 2; extra++) {
        const [left, right] = [random.pick(places), random.pick(places)];
        if (left.node !== right.node) draft.edge(left.node, right.node, false);
      }
      return places;
    }
    case 'star': {
      const hub = line(1, random.pick([first, second]).node);
      const centreNode = hub[0]?.node ?? first.node;
      return [...hub, ...Array.from({ length: random.integer(2, 6) }, () => line(1, centreNode)).flat()];
    }
  }
}

function feedFromHubs(draft: NetworkDraft, frame: RegionFrame, places: readonly BuiltSite[]): void {
  const { random, style } = draft;
  let rest = [...places].sort((left, right) => draft.get(left.site).lat - draft.get(right.site).lat);
  while (rest.length > 0) {
    const count = random.integer(style.sitesPerHub[0], style.sitesPerHub[1]);
    const fed = rest.slice(0, count);
    rest = rest.slice(count);
    // A part of the sites buys its mains elsewhere.
    if (random.chance(0.35)) continue;
    const home = random.pick(frame.aggregations);
    const hub = draft.entity('power_hub', { region: frame.number, site: home.site });
    for (const place of fed) draft.need(place.power, hub, 'feed');
  }
}

function buildRegion(draft: NetworkDraft, number: number, cores: readonly BuiltSite[], sites: number): void {
  const { random, style } = draft;
  const frame = buildFrame(draft, number, cores);
  const places: BuiltSite[] = [];
  let ring = number * 1000;
  while (places.length < sites) {
    ring += 1;
    places.push(...buildAccess(draft, frame, places, ring));
  }
  const endpoints: number[] = places.map((place) => place.node);
  for (const place of places) {
    if (random.chance(style.radioShare)) {
      endpoints.push(...buildRadio(draft, place, random.pick(frame.clocks), random.pick(frame.controllers)));
    }
    if (random.chance(style.oltShare)) endpoints.push(...buildOlt(draft, place));
  }
  feedFromHubs(draft, frame, places);
  buildServices(draft, number, endpoints, Math.ceil(sites / 8));
}

/** Builds a network in the given style; the same random gives the same network. */
export function buildNetwork(style: NetworkStyle, size: NetworkSize, random: Random): Network {
  const draft = createDraft(style, random);
  const cores = buildCores(draft);
  for (let number = 1; number <= size.regions; number++) buildRegion(draft, number, cores, size.sitesPerRegion);
  return draft.finish();
}
