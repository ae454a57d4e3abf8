import { Button } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { formatCount } from '#renderer/components/format-number.ts';
import { Key } from '#renderer/components/key.tsx';
import styles from '../alarms-page.module.css';
import { ColumnMenu } from '../list/column-menu.tsx';
import type { ColumnChoice } from '../list/use-column-choice.ts';
import { useListState } from '../use-alarm-list.ts';
import type { ListPlace } from '../use-list-place.ts';
import type { ListModel } from '../view/list-model.ts';
import bar from './bar.module.css';
import { FacetStrip } from './facet-strip.tsx';
import { ArrivalChip, FrozenStrip } from './feed-strip.tsx';
import { FloodStrip } from './flood-strip.tsx';
import { HiddenCounts } from './hidden-counts.tsx';
import { knownValuesOf } from './known-values.ts';
import { QueryBar } from './query-bar.tsx';
import { useLeftOut } from './use-left-out.ts';

interface AlarmBarsProps {
  readonly place: ListPlace;
  readonly model: ListModel;
  readonly columns: ColumnChoice;
  readonly queryInput: RefObject<HTMLInputElement | null>;
  readonly onLeaveQuery: () => void;
}

/** Above the list: what is asked for, what it comes to, and what is not shown. */
export function AlarmBars({ place, model, columns, queryInput, onLeaveQuery }: AlarmBarsProps) {
  const listed = useListState(model, (state) => state.listed);
  const order = useListState(model, (state) => state.order);
  const total = useListState(model, (state) => state.byId.size);
  const facets = useListState(model, (state) => state.facets);
  const hidden = useListState(model, (state) => state.hidden);
  const frozen = useListState(model, (state) => state.frozen);
  const flood = useListState(model, (state) => state.flood);
  const leftOut = useLeftOut();
  return (
    <div className={styles.bars}>
      <div className={bar.head}>
        <h1 className={bar.title}>Alarms</h1>
        <span className={bar.subtitle}>
          {formatCount(listed)} listed of {formatCount(total)} at hand
        </span>
        <ArrivalChip arrived={order.arrived} stale={order.stale} onSettle={model.settle} />
        <div className={bar.tools}>
          {frozen === null && (
            <Button
              onClick={model.freeze}
              leftSection={<IconPlayerPause size={13} aria-hidden="true" />}
              rightSection={<Key keys="f" />}
            >
              Freeze
            </Button>
          )}
          <ColumnMenu choice={columns} />
        </div>
      </div>
      <QueryBar
        input={queryInput}
        text={place.queryText}
        errors={place.wish.query.errors}
        onChange={place.setQuery}
        knownValues={() => knownValuesOf(model.store.getState().byId.values())}
        onLeave={onLeaveQuery}
      />
      <div className={bar.line}>
        <FacetStrip facets={facets} text={place.queryText} onChange={place.setQuery} />
        <HiddenCounts hidden={hidden} visibility={place.wish.visibility} leftOut={leftOut} onShow={place.show} />
      </div>
      {flood !== null && (flood.folded > 0 || place.wish.visibility.showFlood) && (
        <FloodStrip
          flood={flood}
          isShown={place.wish.visibility.showFlood}
          onShow={(isShown) => place.show('flood', isShown)}
        />
      )}
      {frozen !== null && <FrozenStrip frozen={frozen} onResume={model.resume} />}
    </div>
  );
}
