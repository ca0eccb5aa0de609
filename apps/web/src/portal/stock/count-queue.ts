import type { ResultOf } from 'gql.tada';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { nowMs } from '../../shared/clock.js';
import { COUNT_ENTER, type STOCK_COUNT } from '../stock-count.documents.js';

export type CountedLine = NonNullable<ResultOf<typeof STOCK_COUNT>['stockCount']>['lines'][number];

/** What was typed, when, and whether the service has it. */
interface Entry {
  readonly variantId: string;
  readonly batchId: string;
  readonly units: number;
  readonly at: number;
  readonly isSent: boolean;
}
type Entries = Readonly<Record<string, Entry>>;

/** After the last tap. */
const SEND_MS = 900;
/** Where the network was gone and nobody has said that it is back. */
const AGAIN_MS = 15_000;
/** As many as are taken at a time. */
const LINES_MAX = 100;

export const entryKey = (variantId: string, batchId: string): string => `${variantId}/${batchId}`;

function kept(name: string): Entries {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '{}') as Entries;
  } catch {
    return {}; // Written by another build.
  }
}

/** What is counted is on the phone before anybody is asked, and sent when there is a network, with how long ago it was: what moves meanwhile is no difference. */
export function useCounting(countId: string, known: readonly CountedLine[], refused: () => void) {
  const name = `count:${countId}`;
  const client = useClient();
  const [entries, setEntries] = useState<Entries>(() => kept(name));
  const [lines, setLines] = useState(known);
  const [isLost, setLost] = useState(false);
  const isUnderWay = useRef(false);
  const change = (next: (now: Entries) => Entries) =>
    setEntries(() => {
      // What is kept is newer than what was drawn, where two taps come at once.
      const after = next(kept(name));
      localStorage.setItem(name, JSON.stringify(after));
      return after;
    });
  const put = (variantId: string, batchId: string, units: number) =>
    change((now) => ({
      ...now,
      [entryKey(variantId, batchId)]: { variantId, batchId, units, at: nowMs(), isSent: false },
    }));
  /** All that waits; false where it did not get through. */
  const send = async (): Promise<boolean> => {
    const waiting = Object.entries(kept(name))
      .filter(([, entry]) => !entry.isSent)
      .slice(0, LINES_MAX);
    if (waiting.length === 0) return true;
    if (isUnderWay.current) return false;
    isUnderWay.current = true;
    const { data } = await client
      .mutation(COUNT_ENTER, {
        countId,
        entries: waiting.map(([, { variantId, batchId, units, at }]) => ({
          variantId,
          batchId,
          units,
          secondsAgo: Math.max(0, Math.round((nowMs() - at) / 1_000)),
        })),
      })
      .toPromise();
    isUnderWay.current = false;
    const said = data?.stockCountEnter;
    setLost(!said);
    if (!said) return false;
    if (said.__typename !== 'StockCountEnterPayload') {
      refused();
      return false;
    }
    setLines(said.count.lines);
    const sent = new Map(waiting);
    change((now) =>
      Object.fromEntries(
        Object.entries(now).map(([key, entry]) => [
          key,
          // Typed anew meanwhile it waits again.
          entry.at === sent.get(key)?.at ? { ...entry, isSent: true } : entry,
        ]),
      ),
    );
    return Object.values(kept(name)).every(({ isSent }) => isSent) || send();
  };
  const isWaiting = Object.values(entries).some(({ isSent }) => !isSent);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => void send(), isLost ? AGAIN_MS : SEND_MS);
    const back = () => void send();
    addEventListener('online', back);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', back);
    };
  }, [entries, isLost, isWaiting]);
  return { entries, lines, put, send, isWaiting, isLost, forget: () => localStorage.removeItem(name) };
}
