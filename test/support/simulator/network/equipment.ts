import type { NetworkDraft } from './draft.ts';

/** A place with power and a routing node. */
export interface BuiltSite {
  readonly site: number;
  readonly power: number;
  readonly node: number;
}

/** Builds the place itself: site, power and routing node, no customers yet. */
export function buildSite(
  draft: NetworkDraft,
  role: 'router' | 'aggregation' | 'core',
  regionEntity: number,
  region: number,
  near: readonly [number, number],
): BuiltSite {
  const { random, style } = draft;
  const site = draft.entity('site', { region, parent: regionEntity, near });
  const backed = role !== 'router' || random.chance(style.batteryShare);
  const batteryMinutes = role === 'router' ? (backed ? random.integer(8, 38) : 0) : random.integer(120, 480);
  const power = draft.entity('power', { region, site, batteryMinutes });
  const node = draft.entity(role, { region, site });
  draft.need(node, power, 'power');
  return { site, power, node };
}

/** Radio: basebands with sectors and cells behind the site's routing node. */
export function buildRadio(draft: NetworkDraft, place: BuiltSite, clock: number, controller: number): number[] {
  const { random, style } = draft;
  const region = draft.get(place.site).region;
  const cells: number[] = [];
  const basebands = random.chance(0.25) ? 2 : 1;
  for (let unit = 0; unit < basebands; unit++) {
    const baseband = draft.entity('baseband', { region, site: place.site });
    draft.need(baseband, place.node, 'transport');
    draft.need(baseband, place.power, 'power');
    draft.need(baseband, clock, 'clock');
    draft.need(baseband, controller, 'control');
    for (let sectorNumber = 0; sectorNumber < 3; sectorNumber++) {
      const sector = style.sectorsAreEntities
        ? draft.entity('sector', { region, site: place.site, parent: baseband })
        : baseband;
      const count = random.integer(style.cellsPerSector[0], style.cellsPerSector[1]);
      for (let number = 0; number < count; number++) {
        cells.push(draft.entity('cell', { region, site: place.site, parent: sector }));
      }
    }
  }
  return cells;
}

/** Fixed access: an OLT with customer areas behind the site's routing node. */
export function buildOlt(draft: NetworkDraft, place: BuiltSite): number[] {
  const { random } = draft;
  const region = draft.get(place.site).region;
  const olt = draft.entity('olt', { region, site: place.site });
  draft.need(olt, place.node, 'transport');
  draft.need(olt, place.power, 'power');
  return Array.from({ length: random.integer(4, 14) }, () =>
    draft.entity('customer_area', {
      region,
      parent: olt,
      near: [draft.get(place.site).lat, draft.get(place.site).lon],
    }),
  );
}

/** Services over what was built: most need a few cells, areas or routing nodes of one region. */
export function buildServices(draft: NetworkDraft, region: number, endpoints: readonly number[], count: number): void {
  const { random } = draft;
  if (endpoints.length === 0) return;
  for (let number = 0; number < count; number++) {
    const service = draft.entity(random.chance(0.12) ? 'emergency_service' : 'service', { region, parent: -1 });
    for (let part = random.integer(1, 3); part > 0; part--) draft.need(service, random.pick(endpoints), 'service');
  }
}
