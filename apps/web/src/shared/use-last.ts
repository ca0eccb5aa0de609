import { useRef } from 'react';

/** What was answered last: a look that did not get through takes nothing away from the page, nor from what is being typed there. */
export function useLast<Data>(data: Data | undefined): Data | undefined {
  const last = useRef(data);
  if (data !== undefined) last.current = data;
  return last.current;
}
