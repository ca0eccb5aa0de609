import { useEffect, useRef } from 'react';

export interface Pace {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** The more often nothing has changed, the longer one waits: somebody's phone and our database pay for each look. */
const GROWTH = 1.5;

/**
 * Looks again and again at what others change, for as long as `pace` is given: less and less often while `seen` stays the same, not at all while the page is hidden or
 * there is no network, and at once when somebody comes back to it.
 */
export function useWatch(pace: Pace | null, seen: string, look: () => void): void {
  const latest = useRef(look);
  latest.current = look;
  const { firstMs, mostMs } = pace ?? { firstMs: 0, mostMs: 0 };
  useEffect(() => {
    if (mostMs === 0) return undefined;
    let pauseMs = firstMs;
    let timer: ReturnType<typeof setTimeout>;
    const again = () => {
      if (!document.hidden && navigator.onLine) latest.current();
      timer = setTimeout(again, pauseMs);
      pauseMs = Math.min(pauseMs * GROWTH, mostMs);
    };
    const back = () => {
      if (document.hidden) return;
      clearTimeout(timer);
      pauseMs = firstMs;
      again();
    };
    timer = setTimeout(again, firstMs);
    document.addEventListener('visibilitychange', back);
    addEventListener('online', back);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', back);
      removeEventListener('online', back);
    };
  }, [firstMs, mostMs, seen]);
}
