import { useEffect, useRef } from 'react';

/** Whoever has walked away comes back to nothing: the next one begins with the first picture. */
const IDLE_MS = 60_000;

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Calls once somebody has done nothing for a minute, and not again before somebody has done something. */
export function useIdle(reset: () => void): void {
  const latest = useRef(reset);
  latest.current = reset;
  useEffect(() => {
    const due = () => latest.current();
    let timer = setTimeout(due, IDLE_MS);
    const here = () => {
      clearTimeout(timer);
      timer = setTimeout(due, IDLE_MS);
    };
    for (const sign of SIGNS) addEventListener(sign, here, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) removeEventListener(sign, here);
    };
  }, []);
}
