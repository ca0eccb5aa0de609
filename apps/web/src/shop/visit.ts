import { nowMs } from '../shared/clock.js';

/** What one holds who has scanned a cabinet: as long as this tab is open, and ten minutes at most. */
export interface Visit {
  readonly visit: string;
  readonly endsAt: string;
}

const KEY = 'visit';

export function keptVisit(): Visit | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Visit | null;
    return kept !== null && Date.parse(kept.endsAt) > nowMs() ? kept : null;
  } catch {
    return null; // Somebody else's words under our key.
  }
}

export const keepVisit = (visit: Visit): void => sessionStorage.setItem(KEY, JSON.stringify(visit));
