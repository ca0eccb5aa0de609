import { useState } from 'react';

export interface Place {
  readonly longitude: number;
  readonly latitude: number;
  /** Whether the phone has said where it is. */
  readonly isOwn: boolean;
}

const KEY = 'place';

/** Whose counters these are. */
export const CITY = '430200';

/** The middle of Zhuzhou, until somebody lets us know where they are. */
const MIDDLE: Place = { longitude: 113.134, latitude: 27.827, isOwn: false };

function kept(): Place {
  try {
    const place = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Place | null;
    return place ?? MIDDLE;
  } catch {
    return MIDDLE; // Somebody else's words under our key.
  }
}

/** Where one is, asked for only when one wants it known; it stays on the phone, rounded to some hundred metres. */
export function usePlace(): { place: Place; find: () => void; isRefused: boolean } {
  const [place, setPlace] = useState(kept);
  const [isRefused, setRefused] = useState(false);
  const round = (degrees: number) => Math.round(degrees * 1_000) / 1_000;
  const find = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const found = { longitude: round(coords.longitude), latitude: round(coords.latitude), isOwn: true };
        localStorage.setItem(KEY, JSON.stringify(found));
        setPlace(found);
        setRefused(false);
      },
      () => setRefused(true),
      { timeout: 8_000 },
    );
  return { place, find, isRefused };
}

export const metres = (distanceM: number): string =>
  distanceM < 1_000 ? `${distanceM} m` : `${(distanceM / 1_000).toFixed(1)} km`;
