import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { t } from '../shared/i18n.js';
import { SCAN } from './print.documents.js';

/** WAITING until the service has said something of it. */
export interface Scan {
  readonly trackingNo: string;
  readonly state: 'WAITING' | 'SENT' | 'AGAIN' | 'REFUSED';
  /** Whose parcel it is, or why it does not leave. */
  readonly text: string;
}

const KEPT = 'scans';
/** What one packs in a day; older ones that were sent are forgotten. */
const KEPT_MAX = 300;

function kept(): readonly Scan[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '[]') as readonly Scan[];
  } catch {
    return []; // Written by another build.
  }
}

/** What was scanned is on the phone before anybody is asked, and sent when there is a network. */
export function useScans() {
  const client = useClient();
  const [scans, setScans] = useState<readonly Scan[]>(kept);
  const change = (next: (now: readonly Scan[]) => readonly Scan[]) =>
    setScans((now) => {
      const after = next(now).slice(0, KEPT_MAX);
      localStorage.setItem(KEPT, JSON.stringify(after));
      return after;
    });
  const settle = (trackingNo: string, state: Scan['state'], text: string) =>
    change((now) => now.map((scan) => (scan.trackingNo === trackingNo ? { trackingNo, state, text } : scan)));

  const send = async (trackingNo: string): Promise<void> => {
    const { data } = await client.mutation(SCAN, { trackingNo }).toPromise();
    const said = data?.waybillShip;
    // Nobody was reached: it waits, and may have left all the same; sent again it changes nothing.
    if (!said) return;
    if (said.__typename !== 'WaybillShipPayload') return settle(trackingNo, 'REFUSED', said.message);
    settle(trackingNo, said.wasShipped ? 'AGAIN' : 'SENT', said.merchantOrder.recipient.name);
  };
  const sendAll = () => {
    for (const { trackingNo, state } of kept()) if (state === 'WAITING') void send(trackingNo);
  };
  useEffect(() => {
    sendAll();
    addEventListener('online', sendAll);
    return () => removeEventListener('online', sendAll);
  }, []);
  return {
    scans,
    /** A second scan of the same does nothing, unless it was refused. */
    add: (trackingNo: string) => {
      const known = kept().find((scan) => scan.trackingNo === trackingNo);
      if (known && known.state !== 'REFUSED') return;
      const scan: Scan = { trackingNo, state: 'WAITING', text: t('等着发给平台') };
      change((now) => [scan, ...now.filter((each) => each.trackingNo !== trackingNo)]);
      void send(trackingNo);
    },
    sendAll,
    clear: () => change((now) => now.filter(({ state }) => state === 'WAITING')),
  };
}
