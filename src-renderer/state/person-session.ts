const storageKey = 'pedkai.person-session';

/** The secret of the session of whoever is signed in at this window; kept for the tab, so that a reload keeps it. */
export function personSecret(storage: Pick<Storage, 'getItem'>): string | null {
  return storage.getItem(storageKey);
}

/** Remembers who signed in, or forgets them. */
export function keepPersonSecret(storage: Pick<Storage, 'setItem' | 'removeItem'>, secret: string | null): void {
  if (secret === null) storage.removeItem(storageKey);
  else storage.setItem(storageKey, secret);
}
