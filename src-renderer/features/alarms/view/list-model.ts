import { createStore, type StoreApi } from 'zustand';
import type { Alarm } from '#shared/api/alarms.ts';
import type { OperationsState } from '../operations/alarm-operations.ts';
import { type Haystacks, matchesQuery } from '../query/match.ts';
import { parseQuery } from '../query/parse.ts';
import type { Query } from '../query/query.ts';
import { type FloodFold, type FloodView, foldFlood } from './flood-fold.ts';
import { countHeldBack, type FrozenFeed, freezeFeed, frozenAlarms, type HeldBack } from './frozen.ts';
import { hiddenBecause, type Visibility } from './hidden.ts';
import { holdOrder, type RowOrder, settleOrder } from './order.ts';
import { type PatchedForms, withPatches } from './patched.ts';
import { type Selection, selectAlarms } from './select.ts';
import { defaultSort, type Sort } from './sort.ts';

/** What the operator asked to see. */
export interface ListWish {
  readonly query: Query;
  readonly visibility: Visibility;
  readonly sort: Sort;
}

export interface ListState {
  readonly wish: ListWish;
  readonly order: RowOrder;
  /** Grows when the operator asked for another order, so that the list goes to its top. */
  readonly epoch: number;
  /** Alarms at hand. */
  readonly byId: ReadonlyMap<string, Alarm>;
  /** Alarms that are gone, in their last form, whose rows keep their places. */
  readonly gone: ReadonlyMap<string, Alarm>;
  readonly hidden: Selection['hidden'];
  readonly facets: Selection['facets'];
  /** How many alarms the wish lists at this moment, whatever stands on the screen. */
  readonly listed: number;
  readonly frozen: { readonly since: number; readonly heldBack: HeldBack } | null;
  /** What a flood folds; null while there is none. */
  readonly flood: Pick<FloodFold, 'folded' | 'objects'> | null;
}

/** The alarm list between the live feed and the screen: what is listed, in which order, and what is held back. */
export interface ListModel {
  readonly store: StoreApi<ListState>;
  /** Another query, sort or visibility: sorts from scratch. */
  wish(wish: ListWish): void;
  /** While somebody works in the list, standing rows keep their places. Letting go sorts from scratch. */
  setEngaged(isEngaged: boolean): void;
  /** Sorts from scratch now. */
  settle(): void;
  freeze(): void;
  resume(): void;
  /** An operation changed what is shown: computes at once. */
  refreshNow(): void;
  /** The feed or the time changed. Computes soon, and not so often that it would take more than a quarter of the time. */
  refresh(): void;
  /** Whether a row still belongs to the list. */
  lists(alarm: Alarm): boolean;
}

export interface ListModelPorts {
  /** The live alarms, as an array that is another one after each change, and by id. */
  readonly live: () => { readonly items: readonly Alarm[]; readonly byId: ReadonlyMap<string, Alarm> };
  readonly operations: () => Pick<OperationsState, 'patches' | 'operated'>;
  /** The flood that is going on; null while there is none. */
  readonly flood?: () => FloodView | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly after: (milliseconds: number, callback: () => void) => void;
}

/** The shortest time between two computations, in milliseconds. */
const shortestPause = 40;

/** Lists everything until a wish comes. */
export function createListModel(ports: ListModelPorts): ListModel {
  const haystacks: Haystacks = new WeakMap();
  const forms: PatchedForms = new WeakMap();
  let frozen: FrozenFeed | null = null;
  let isEngaged = false;
  let isDue = false;
  let pause = shortestPause;

  const emptyWish: ListWish = {
    query: parseQuery(''),
    visibility: { showCleared: false, showShelved: false, showSuppressed: false, showFlood: false },
    sort: defaultSort,
  };
  const store = createStore<ListState>(() => ({
    wish: emptyWish,
    order: { ids: [], arrived: 0, stale: 0 },
    epoch: 0,
    byId: new Map(),
    gone: new Map(),
    hidden: { cleared: 0, shelved: 0, suppressed: 0 },
    facets: { severity: new Map(), state: new Map(), source: new Map() },
    listed: 0,
    frozen: null,
    flood: null,
  }));

  function compute(wish: ListWish, keepsOrder: boolean, epoch = store.getState().epoch): void {
    const started = performance.now();
    const { items, byId: live } = ports.live();
    const { patches, operated } = ports.operations();
    const source = frozen === null ? items : frozenAlarms(frozen, live, operated);
    const alarms = withPatches(source, patches, forms);
    const selection = selectAlarms(alarms, wish.query, wish.visibility, ports.now(), haystacks);
    const { hidden, facets } = selection;
    const flood = ports.flood?.() ?? null;
    const fold = flood === null ? null : foldFlood(selection.listed, flood);
    const listed = fold === null || wish.visibility.showFlood ? selection.listed : fold.listed;
    const byId = new Map(alarms.map((alarm) => [alarm.alarm_id, alarm]));
    const before = store.getState();
    store.setState({
      wish,
      epoch,
      byId,
      gone: keepsOrder ? goneAlarms(before, byId) : new Map(),
      hidden,
      facets,
      listed: listed.length,
      order: keepsOrder ? holdOrder(before.order, listed, wish.sort) : settleOrder(listed, wish.sort),
      frozen: frozen === null ? null : { since: frozen.since, heldBack: countHeldBack(frozen, live) },
      flood: fold === null ? null : { folded: fold.folded, objects: fold.objects },
    });
    pause = Math.max(shortestPause, 3 * (performance.now() - started));
  }

  function computeNow(keepsOrder: boolean): void {
    compute(store.getState().wish, keepsOrder);
  }

  return {
    store,
    wish: (wish) => compute(wish, false, store.getState().epoch + 1),
    setEngaged(engaged) {
      if (engaged === isEngaged) return;
      isEngaged = engaged;
      const { arrived, stale } = store.getState().order;
      if (!engaged && arrived + stale > 0) computeNow(false);
    },
    settle: () => compute(store.getState().wish, false, store.getState().epoch + 1),
    freeze() {
      frozen = freezeFeed(ports.live().items, ports.now());
      computeNow(isEngaged);
    },
    resume() {
      frozen = null;
      computeNow(isEngaged);
    },
    refreshNow: () => computeNow(isEngaged),
    refresh() {
      if (isDue) return;
      isDue = true;
      ports.after(pause, () => {
        isDue = false;
        computeNow(isEngaged);
      });
    },
    lists(alarm) {
      const { wish, byId } = store.getState();
      const { query, visibility } = wish;
      const now = ports.now();
      return (
        byId.has(alarm.alarm_id) &&
        matchesQuery(alarm, query, now, haystacks) &&
        hiddenBecause(alarm, query, visibility, now) === null
      );
    },
  };
}

/** Standing rows whose alarm is not at hand any more: it was cleared and acknowledged, or dropped. */
function goneAlarms(before: ListState, byId: ReadonlyMap<string, Alarm>): ReadonlyMap<string, Alarm> {
  const gone = new Map<string, Alarm>();
  for (const alarmId of before.order.ids) {
    if (byId.has(alarmId)) continue;
    const last = before.byId.get(alarmId) ?? before.gone.get(alarmId);
    if (last !== undefined) gone.set(alarmId, last);
  }
  return gone;
}
