import { describe, expect, it } from 'vitest';
import type { CorrelationTopology } from '#engine/correlation/correlator.ts';
import { alarm, correlateScene, partitionOf } from './scenes.ts';

/** Six sites in a row, so many kilometres apart, each with its power; nothing links one to another. */
function sitesApart(kilometres: number | null): CorrelationTopology {
  const numbers = Array.from({ length: 6 }, (_, number) => number);
  return {
    entities: numbers.flatMap((number) => [
      {
        id: `S${number}`,
        entityType: 'SITE',
        geoLat: kilometres === null ? null : 50 + (number * kilometres) / 111.2,
        geoLon: kilometres === null ? null : 8,
      },
      { id: `P${number}`, entityType: 'POWER', geoLat: null, geoLon: null },
    ]),
    links: numbers.map((number) => ({ from: `S${number}`, to: `P${number}`, kind: 'contains' })),
  };
}

const mains = (seconds: (number: number) => number) =>
  Array.from({ length: 6 }, (_, number) => alarm(`a-${number}`, `P${number}`, seconds(number), { alarmType: 'MAINS' }));
const apart = Array.from({ length: 6 }, (_, number) => [`a-${number}`]);

describe('an area', () => {
  it('loses its mains at once: one happening, although nothing links the sites', () => {
    const clusters = correlateScene(
      sitesApart(1),
      mains((number) => number * 5),
    );
    expect(clusters).toHaveLength(1);
    expect(clusters[0]?.header.alarmCount).toBe(6);
  });

  it('is no explanation for the same alarm all over the country, nor where no place is known', () => {
    expect(
      partitionOf(
        correlateScene(
          sitesApart(120),
          mains((number) => number * 5),
        ),
      ),
    ).toEqual(apart);
    expect(
      partitionOf(
        correlateScene(
          sitesApart(null),
          mains((number) => number * 5),
        ),
      ),
    ).toEqual(apart);
  });

  it('is no explanation for the same alarm hours apart', () => {
    expect(
      partitionOf(
        correlateScene(
          sitesApart(1),
          mains((number) => number * 3000),
        ),
      ),
    ).toEqual(apart);
  });
});
