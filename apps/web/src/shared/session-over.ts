import { useEffect, useState } from 'react';

const OVER = 'session-over';

/** Somebody was signed in here, and is so no longer: their time was over, or another phone has ended it. */
export const tellOver = (): void => void dispatchEvent(new Event(OVER));

export function onOver(hear: () => void): () => void {
  addEventListener(OVER, hear);
  return () => removeEventListener(OVER, hear);
}

/** Whether that has happened while this page was open. */
export function useOver(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => onOver(() => setOver(true)), []);
  return isOver;
}
