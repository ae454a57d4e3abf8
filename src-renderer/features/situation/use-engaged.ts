import { type RefObject, useEffect, useState } from 'react';

/** After so long without a key, a click or the pointer inside, nobody is working here, in milliseconds. */
const idleLimit = 30_000;

/** Whether somebody works in the element: the pointer is inside, or there was a key or a click lately. */
export function useEngaged(element: RefObject<HTMLElement | null>): boolean {
  const [isEngaged, setEngaged] = useState(false);

  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    let isInside = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function engage(): void {
      clearTimeout(timer);
      setEngaged(true);
      if (!isInside) timer = setTimeout(() => setEngaged(false), idleLimit);
    }
    function enter(): void {
      isInside = true;
      engage();
    }
    function leave(): void {
      isInside = false;
      clearTimeout(timer);
      setEngaged(false);
    }

    target.addEventListener('pointerenter', enter);
    target.addEventListener('pointerleave', leave);
    target.addEventListener('pointerdown', engage);
    window.addEventListener('keydown', engage);
    return () => {
      clearTimeout(timer);
      target.removeEventListener('pointerenter', enter);
      target.removeEventListener('pointerleave', leave);
      target.removeEventListener('pointerdown', engage);
      window.removeEventListener('keydown', engage);
    };
  }, [element]);

  return isEngaged;
}
