import { useRef } from 'react';
import { useLocation } from 'wouter';
import type { Cluster } from '#shared/api/clusters.ts';
import { linkTo } from '../../components/links.ts';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useHotkeyGroup } from '../../frame/keys/use-hotkeys.ts';
import { ClusterBrief } from '../cluster/cluster-brief.tsx';
import { Calm } from './calm.tsx';
import { FoldedLine } from './folded-line.tsx';
import { HappeningHead, HappeningRow } from './happening-row.tsx';
import { Headline } from './headline.tsx';
import { QuietPanel } from './quiet-panel.tsx';
import { RateBanner } from './rate-banner.tsx';
import styles from './situation-page.module.css';
import { type Happenings, useHappenings } from './use-happenings.ts';
import { WaitingChip } from './waiting-chip.tsx';

const rowHeight = 56;
const keyOf = (cluster: Cluster) => cluster.cluster_id;

/** Moving, opening and showing what is new. */
function useSituationKeys({ rows, selected, waiting, move, release, place }: Happenings): void {
  const [, navigate] = useLocation();
  const hasRows = rows.length > 0;
  const open = () => selected !== undefined && navigate(linkTo.cluster(selected.cluster_id));
  useHotkeyGroup('Situation', [
    { keys: 'j', label: 'next', hint: 'down', run: () => move(1), isEnabled: hasRows },
    { keys: 'k', label: 'previous', hint: 'up', run: () => move(-1), isEnabled: hasRows },
    { keys: 'arrowdown', label: 'next', run: () => move(1), isEnabled: hasRows, isHidden: true },
    { keys: 'arrowup', label: 'previous', run: () => move(-1), isEnabled: hasRows, isHidden: true },
    { keys: 'home', label: 'first', run: () => move(-rows.length), isEnabled: hasRows },
    { keys: 'end', label: 'last', run: () => move(rows.length), isEnabled: hasRows },
    { keys: 'enter', label: 'open', hint: 'open', run: open, isEnabled: hasRows },
    { keys: '.', label: 'show what is new above', run: release, isEnabled: waiting.length > 0 },
    { keys: 'm', label: 'show or fold alarms on their own', run: () => place.showAlone(!place.isAloneShown) },
  ]);
}

/** What is going on, in one look. */
export default function SituationPage() {
  const list = useRef<HTMLDivElement>(null);
  const [, navigate] = useLocation();
  const happenings = useHappenings(list);
  const { situation, place, rows, selected, waiting, release } = happenings;
  useSituationKeys(happenings);

  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <Headline situation={situation} />
        <RateBanner />
        {rows.length === 0 ? <span /> : <HappeningHead />}
        <div ref={list} className={styles.list}>
          <WaitingChip waiting={waiting} onRelease={release} />
          {rows.length === 0 ? (
            <Calm aloneCount={situation.alone.length} />
          ) : (
            <VirtualList
              items={rows}
              keyOf={keyOf}
              rowHeight={rowHeight}
              label="What is happening, the worst first"
              selectedKey={selected?.cluster_id ?? null}
              onSelect={(cluster) => place.choose(cluster.cluster_id)}
              onOpen={(cluster) => navigate(linkTo.cluster(cluster.cluster_id))}
              renderRow={(cluster, isSelected) => <HappeningRow cluster={cluster} isSelected={isSelected} />}
            />
          )}
        </div>
        <FoldedLine alone={situation.alone} isShown={place.isAloneShown} onShow={place.showAlone} />
      </div>
      {selected === undefined ? <QuietPanel /> : <ClusterBrief key={selected.cluster_id} cluster={selected} />}
    </div>
  );
}
