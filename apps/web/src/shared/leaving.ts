import { useEffect, useState } from 'react';

/** On the way to somebody else's page, such as a bank's. A phone keeps this one whole meanwhile: whoever comes back by its own button may press again. */
export function useLeaving(): readonly [boolean, (url: string) => void] {
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    const back = () => setLeaving(false);
    addEventListener('pageshow', back);
    return () => removeEventListener('pageshow', back);
  }, []);
  const leave = (url: string) => {
    setLeaving(true);
    location.assign(url);
  };
  return [isLeaving, leave];
}

/** A page that a phone has kept whole is opened anew if somebody has signed in or out meanwhile: it shows what was another's. */
export function renewOnReturn(who: () => boolean): void {
  const then = who();
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && who() !== then) location.reload();
  });
}
