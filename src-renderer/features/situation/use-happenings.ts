import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Cluster } from '#shared/api/clusters.ts';
import { plural } from '../../components/format-number.ts';
import { useAnnounce } from '../../frame/announcer.tsx';
import { useClusters, useSituation } from '../../state/hooks.ts';
import type { Situation } from '../../state/situation.ts';
import { useEngaged } from './use-engaged.ts';
import { useHeldOrder } from './use-held-order.ts';
import { type SituationPlace, useSituationPlace } from './use-situation-place.ts';

/** The list of happenings as it is shown. */
export interface Happenings {
  readonly situation: Situation;
  readonly place: SituationPlace;
  readonly rows: readonly Cluster[];
  readonly selected: Cluster | undefined;
  /** New ones that wait above, the worst first. */
  readonly waiting: readonly Cluster[];
  readonly release: () => void;
  /** Goes `step` rows down, or up when negative. */
  readonly move: (step: number) => void;
}

/** Which row the pointer is on; rows carry their cluster in `data-cluster`. */
function useHovered(list: RefObject<HTMLElement | null>): string | null {
  const [hovered, setHovered] = useState<string | null>(null);
  useEffect(() => {
    const target = list.current;
    if (target === null) return;
    const over = (event: Event) => {
      const row = event.target instanceof Element ? event.target.closest('[data-cluster]') : null;
      setHovered(row?.getAttribute('data-cluster') ?? null);
    };
    const leave = () => setHovered(null);
    target.addEventListener('pointerover', over);
    target.addEventListener('pointerleave', leave);
    return () => {
      target.removeEventListener('pointerover', over);
      target.removeEventListener('pointerleave', leave);
    };
  }, [list]);
  return hovered;
}

/** Orders the happenings, keeps rows still while somebody works with them, and knows the selected one. */
export function useHappenings(list: RefObject<HTMLElement | null>): Happenings {
  const clusters = useClusters();
  const place = useSituationPlace();
  const announce = useAnnounce();
  const isEngaged = useEngaged(list);
  const hovered = useHovered(list);
  const { chosenId, isAloneShown } = place;

  const situation = useSituation();
  const wanted = useMemo(() => {
    const shown = isAloneShown ? [...situation.happenings, ...situation.alone] : situation.happenings;
    return shown.map((cluster) => cluster.cluster_id);
  }, [situation, isAloneShown]);
  const anchors = isEngaged ? [chosenId, hovered].filter((id) => id !== null) : [];
  const { ids, waiting, release } = useHeldOrder(wanted, anchors);

  const at = (id: string) => clusters.byId.get(id);
  const rows = ids.map(at).filter((cluster) => cluster !== undefined);
  const selected = rows.find((cluster) => cluster.cluster_id === chosenId) ?? rows[0];

  const waitingCount = waiting.length;
  const announced = useRef(0);
  useEffect(() => {
    if (waitingCount > announced.current) announce(`${plural(waitingCount, 'new happening', 'new happenings')} above`);
    announced.current = waitingCount;
  }, [waitingCount, announce]);

  return {
    situation,
    place,
    rows,
    selected,
    waiting: waiting.map(at).filter((cluster) => cluster !== undefined),
    release,
    move(step) {
      const index = selected === undefined ? -1 : rows.indexOf(selected);
      const next = rows[Math.min(rows.length - 1, Math.max(0, index + step))];
      if (next !== undefined) place.choose(next.cluster_id);
    },
  };
}
