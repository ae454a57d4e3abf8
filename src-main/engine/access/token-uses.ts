/** Gathers when tokens were used, so that the store is told now and then and not at every request. */
export interface TokenUses {
  note(tokenId: string, at: number): void;
  /** Gives out what was gathered since the last call. */
  take(): (readonly [tokenId: string, at: number])[];
}

export function createTokenUses(): TokenUses {
  const uses = new Map<string, number>();
  return {
    note: (tokenId, at) => {
      uses.set(tokenId, at);
    },
    take: () => {
      const taken = [...uses];
      uses.clear();
      return taken;
    },
  };
}
