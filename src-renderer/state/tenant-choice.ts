import type { Session } from '#shared/api/console.ts';

const storageKey = 'pedkai.tenant';

/** Which tenant this window shows; kept for the tab, so that a reload keeps it. */
export interface TenantChoice {
  /** The tenant to name in the next call; null lets the engine choose. */
  current(): string | null;
  choose(tenantId: string): void;
  /** Gives up the choice, because the engine does not allow it any more. */
  forget(): void;
  /** Brings the choice in line with what the session allows, and answers it. Null while the session has no tenant. */
  settle(session: Session): string | null;
}

export function createTenantChoice(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): TenantChoice {
  let chosen = storage.getItem(storageKey);

  function choose(tenantId: string): void {
    chosen = tenantId;
    storage.setItem(storageKey, tenantId);
  }

  function forget(): void {
    chosen = null;
    storage.removeItem(storageKey);
  }

  return {
    current: () => chosen,
    choose,
    forget,
    settle(session) {
      if (chosen !== null && session.tenants.includes(chosen)) return chosen;
      const fallback = session.tenant_id ?? session.tenants[0] ?? null;
      if (fallback !== null) {
        choose(fallback);
        return fallback;
      }
      forget();
      return null;
    },
  };
}
