import { useHotkeyGroup } from '#renderer/frame/keys/use-hotkeys.ts';
import type { AlarmActions } from './use-alarm-actions.ts';
import type { ListHands } from './use-list-hands.ts';
import type { ListPlace } from './use-list-place.ts';
import type { ListModel } from './view/list-model.ts';

interface AlarmKeyParts {
  readonly hands: ListHands;
  readonly place: ListPlace;
  readonly actions: AlarmActions;
  readonly model: ListModel;
  readonly focusQuery: () => void;
}

/** How many rows a page key moves. */
const pageRows = 20;

/** The keys of the alarm screen. */
export function useAlarmKeys({ hands, place, actions, model, focusQuery }: AlarmKeyParts): void {
  const { mayWrite } = actions;
  const open = (alarmId: string | null) => place.open(alarmId);
  const isFrozen = () => model.store.getState().frozen !== null;
  useHotkeyGroup('Alarms', [
    { keys: 'j', label: 'next alarm', run: () => hands.move(1) },
    { keys: 'k', label: 'previous alarm', run: () => hands.move(-1) },
    { keys: 'arrowdown', label: 'next alarm', run: () => hands.move(1), isHidden: true },
    { keys: 'arrowup', label: 'previous alarm', run: () => hands.move(-1), isHidden: true },
    { keys: 'pagedown', label: 'a page down', run: () => hands.move(pageRows), isHidden: true },
    { keys: 'pageup', label: 'a page up', run: () => hands.move(-pageRows), isHidden: true },
    { keys: 'home', label: 'first alarm', run: () => hands.moveTo(0) },
    { keys: 'end', label: 'last alarm', run: () => hands.moveTo(Number.MAX_SAFE_INTEGER) },
    { keys: 'x', label: 'select', run: hands.pickCursor },
    { keys: 'space', label: 'select', run: hands.pickCursor, isHidden: true },
    { keys: 'mod+a', label: 'select all listed, or none', run: hands.pickAllOrNone },
    { keys: 'enter', label: 'open details', run: () => open(hands.cursor), isEnabled: hands.cursor !== null },
    {
      keys: 'a',
      label: 'acknowledge',
      run: () => actions.run({ operation: 'ack' }, hands.targets()),
      isEnabled: mayWrite,
    },
    {
      keys: 'A',
      label: 'take back the acknowledgement',
      run: () => actions.run({ operation: 'unack' }, hands.targets()),
      isEnabled: mayWrite,
    },
    { keys: 's', label: 'shelve', run: () => actions.ask('shelve', hands.targets()), isEnabled: mayWrite },
    {
      keys: 'S',
      label: 'unshelve',
      run: () => actions.run({ operation: 'unshelve' }, hands.targets()),
      isEnabled: mayWrite,
    },
    { keys: 'c', label: 'comment', run: () => actions.ask('comment', hands.targets()), isEnabled: mayWrite },
    { keys: 'u', label: 'undo the last operation', run: actions.undoLatest, isEnabled: mayWrite },
    { keys: 'f', label: 'freeze or resume the feed', run: () => (isFrozen() ? model.resume() : model.freeze()) },
    { keys: '.', label: 'show what is new, sort again', run: model.settle },
    { keys: '/', label: 'query', run: focusQuery },
    {
      keys: 'escape',
      label: 'close, select none, let the list flow',
      run: () => (place.openAlarmId === null ? hands.letGo() : open(null)),
    },
  ]);
}
