import type { Log } from '#platform/log';

/** Ways that are told apart; there are as many as there are in the code, and this is beyond them. */
const WAYS_MAX = 200;

/**
 * In production a question beside an open transaction is told, once for each way that leads to it, and answered. It is our mistake and the danger is
 * one of a full pool; refused, it would fail somebody who buys, every time. In development and tests it is refused, where whoever made it sees it.
 */
export function tellBeside(log: Pick<Log, 'fault'>): (error: Error) => void {
  const told = new Set<string>();
  return (error) => {
    const way = error.stack ?? '';
    if (told.has(way) || told.size >= WAYS_MAX) return;
    told.add(way);
    log.fault(error, 'a question beside an open transaction');
  };
}
