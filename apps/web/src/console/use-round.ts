import { useEffect } from 'react';

/** `round` grows whenever something was decided: a list looks again, and keeps what is open in it. */
export function useRound(round: number, look: () => void): void {
  useEffect(() => {
    if (round > 0) look();
  }, [round]);
}
