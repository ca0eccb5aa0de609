import { useState } from 'react';

/** Of which papers pages are still on their way: what is handed in waits for them. */
export function useBusyKinds<Kind extends string>() {
  const [busyKinds, setBusyKinds] = useState<readonly Kind[]>([]);
  const busy = (kind: Kind, isBusy: boolean) =>
    setBusyKinds((now) => [...now.filter((one) => one !== kind), ...(isBusy ? [kind] : [])]);
  return { busyKinds, busy };
}
