import { useRef } from 'react';
import { useStore } from 'zustand';
import { useConsoleState, useMay } from '#renderer/state/hooks.ts';
import styles from './alarms-page.module.css';
import { AlarmBars } from './bar/alarm-bars.tsx';
import { BulkBar } from './bar/bulk-bar.tsx';
import { NoticeStrip } from './bar/notice-strip.tsx';
import { AlarmDetail } from './detail/alarm-detail.tsx';
import { OperationDialog } from './dialogs/operation-dialog.tsx';
import { AlarmGrid } from './list/alarm-grid.tsx';
import { ListPlaceholder } from './list/list-placeholder.tsx';
import { useColumnChoice } from './list/use-column-choice.ts';
import { useAlarmActions } from './use-alarm-actions.ts';
import { useAlarmKeys } from './use-alarm-keys.ts';
import { useAlarmList, useListState } from './use-alarm-list.ts';
import { useListHands } from './use-list-hands.ts';
import { useListPlace } from './use-list-place.ts';

/** Every live alarm: find, select, acknowledge, shelve, comment, look into. */
export default function AlarmsPage() {
  const place = useListPlace();
  const { model, operations } = useAlarmList(place.wish);
  const hands = useListHands(model);
  const actions = useAlarmActions(operations, useMay('ALARM_WRITE'));
  const columns = useColumnChoice();
  const queryInput = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const order = useListState(model, (state) => state.order);
  const byId = useListState(model, (state) => state.byId);
  const hidden = useListState(model, (state) => state.hidden);
  const { waiting, notices } = useStore(operations.store);
  const hasSnapshot = useConsoleState((state) => state.hasSnapshot);
  const focusList = () => list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();

  useAlarmKeys({ hands, place, actions, model, focusQuery: () => queryInput.current?.select() });

  const picked = hands.picking.ids;
  const unseen = picked.size === 0 ? 0 : picked.size - order.ids.filter((alarmId) => picked.has(alarmId)).length;
  // The details follow the active row while they are open.
  const openId = place.openAlarmId === null ? null : (hands.cursor ?? place.openAlarmId);

  return (
    <div className={styles.page} data-open={openId !== null || undefined}>
      <div className={styles.main}>
        <AlarmBars place={place} model={model} columns={columns} queryInput={queryInput} onLeaveQuery={focusList} />
        <div className={styles.list} ref={list}>
          <AlarmGrid
            model={model}
            chosenColumns={columns.chosen}
            cursor={hands.cursor}
            picked={picked}
            waiting={waiting}
            holds={hands.isEngaged}
            onSort={place.setSort}
            onPickAll={hands.pickAllOrNone}
            onClickRow={hands.clickRow}
            onOpenRow={place.open}
            onTouch={hands.touch}
          />
          {order.ids.length === 0 && (
            <div className={styles.placeholder}>
              <ListPlaceholder
                hasSnapshot={hasSnapshot}
                total={byId.size}
                hidden={hidden}
                queryText={place.queryText}
                onEmptyQuery={() => place.setQuery('')}
              />
            </div>
          )}
          <NoticeStrip
            notices={notices}
            alarmOf={(alarmId) => byId.get(alarmId)}
            onUndo={actions.undo}
            onDismiss={operations.dismiss}
          />
        </div>
        {picked.size > 0 && (
          <BulkBar alarmIds={hands.targets()} unseen={unseen} actions={actions} onPickNone={hands.pickNone} />
        )}
      </div>
      {openId !== null && (
        <AlarmDetail alarmId={openId} live={byId.get(openId)} actions={actions} onClose={() => place.open(null)} />
      )}
      <OperationDialog dialog={actions.dialog} onAnswer={actions.answer} />
    </div>
  );
}
