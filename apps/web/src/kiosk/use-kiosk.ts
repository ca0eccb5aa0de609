import { useEffect, useRef, useState } from 'react';
import { nowMs } from '../shared/clock.js';
import { cameAlong, look } from './ask.js';
import type { Kiosk } from './kiosk.documents.js';

/** What others buy and fill is seen here so soon. */
const EVERY_MS = 15_000;

export interface Seen {
  readonly kiosk: Kiosk | null;
  /** When that was so. */
  readonly atMs: number;
}

export interface Look {
  /** Null before anything is known. */
  readonly seen: Seen | null;
  /** Nobody was reached: what is shown, if anything is, is not of now. */
  readonly isCut: boolean;
  readonly again: () => void;
}

const keyOf = (counterId: string) => `kiosk ${counterId}`;

/** Families are shown for as long as they agree to it, so no telephone or machine keeps them. */
const withoutGrowers = ({ kiosk, atMs }: Seen): Seen => ({ kiosk: kiosk && { ...kiosk, growers: [] }, atMs });

function keptOf(counterId: string): Seen | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(counterId)) ?? 'null') as Seen | null;
    return kept && withoutGrowers(kept); // A release before this one kept none at all.
  } catch {
    return null; // Somebody else's words under our key.
  }
}

function firstSeen(): Seen | null {
  const data = navigator.onLine ? cameAlong() : null;
  return data && { kiosk: data.kioskAt, atMs: nowMs() };
}

/** The cabinet as it is, asked again and again; while nobody can be reached, as it was. */
export function useKiosk(counterId: string): Look {
  const [seen, setSeen] = useState(firstSeen);
  const [isCut, setCut] = useState(false);
  const isUnderWay = useRef(false);
  const again = async () => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    try {
      const { kioskAt } = await look(counterId);
      const now = { kiosk: kioskAt, atMs: nowMs() };
      setSeen(now);
      setCut(false);
      localStorage.setItem(keyOf(counterId), JSON.stringify(withoutGrowers(now)));
    } catch {
      setCut(true); // Said on the screen, and asked again.
      setSeen((before) => before ?? keptOf(counterId));
    } finally {
      isUnderWay.current = false;
    }
  };
  useEffect(() => {
    const ask = () => void again();
    const lost = () => setCut(true);
    ask();
    const timer = setInterval(ask, EVERY_MS);
    addEventListener('online', ask);
    addEventListener('offline', lost);
    return () => {
      clearInterval(timer);
      removeEventListener('online', ask);
      removeEventListener('offline', lost);
    };
  }, [counterId]);
  return { seen, isCut, again: () => void again() };
}
