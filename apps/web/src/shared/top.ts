import { useEffect } from 'react';
import { useLocation } from 'wouter';

/** A new address begins at its top; going back is where one was. */
export function useTop(): void {
  const [path] = useLocation();
  useEffect(() => {
    if (history.state === null) scrollTo(0, 0);
  }, [path]);
}
