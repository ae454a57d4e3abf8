import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

type Announce = (text: string) => void;

const AnnouncerContext = createContext<Announce>(() => undefined);

/** Says things to screen readers without moving the focus. */
export function useAnnounce(): Announce {
  return useContext(AnnouncerContext);
}

/** Holds the one polite live region of the page. */
export function AnnouncerProvider({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', count: 0 });
  const announce = useCallback<Announce>((text) => setSaid((before) => ({ text, count: before.count + 1 })), []);
  return (
    <AnnouncerContext value={announce}>
      {children}
      <div className="visually-hidden" aria-live="polite" data-testid="announcer">
        <span key={said.count}>{said.text}</span>
      </div>
    </AnnouncerContext>
  );
}
