import { useEffect, useState } from 'react';
import { nowMs } from '../../shared/clock.js';
import { momentOf } from '../../shared/dates.js';

/** The hour on the wall; it has no other clock. */
export function WallClock() {
  const [at, setAt] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setAt(nowMs()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <time className="wall-clock">{momentOf(new Date(at).toISOString())}</time>;
}
