/** Where the key lives as long as the tab does. */
const storageKey = 'pedkai.console-key';

/** The slice of the browser that the key passes through. */
export interface KeyPlaces {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * The console key: taken from the address (`#key=…`) into the tab's session storage and stripped from the address,
 * so that it ends up in no bookmark, history or screenshot; else the one taken before. Null when there is none.
 */
export function takeConsoleKey({ location, history, storage }: KeyPlaces): string | null {
  const key = new URLSearchParams(location.hash.replace(/^#/, '')).get('key');
  if (key === null || key === '') return storage.getItem(storageKey);
  storage.setItem(storageKey, key);
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  return key;
}
