import type { ResultOf } from 'gql.tada';
import { useClient } from 'urql';
import { today } from '../shared/dates.js';
import { type Whole, allOf, useWhole } from './all-pages.js';
import { TO_SHIP } from './order.documents.js';

export type WaitingOrder = ResultOf<typeof TO_SHIP>['merchantOrders']['nodes'][number];
type Line = WaitingOrder['lines'][number];

/** Lists come the latest first, and the oldest is the most urgent: all of it is read. */
const STATES = ['TO_SHIP', 'PARTLY_SHIPPED'] as const;

/** Cabinets hand out by themselves. */
const isOurs = ({ handover }: WaitingOrder): boolean => handover === 'PARCEL' || handover === 'PICK_UP';

/** Units of a line that have to leave yet. */
export const restOf = ({
  quantity,
  shippedQuantity,
  calledOffQuantity,
}: Pick<Line, 'quantity' | 'shippedQuantity' | 'calledOffQuantity'>): number =>
  quantity - shippedQuantity - calledOffQuantity;

type Promised = Pick<Line, 'promisedOn' | 'quantity' | 'shippedQuantity' | 'calledOffQuantity'>;

/** The first day by which something of it was promised to leave; null where nothing was said. */
export function promiseOf(lines: readonly Promised[]): string | null {
  const days = lines.filter((line) => restOf(line) > 0).flatMap(({ promisedOn }) => promisedOn ?? []);
  return days.sort()[0] ?? null;
}

export type Urgency = 'late' | 'today' | 'later';

export function urgencyOf(lines: readonly Promised[]): Urgency {
  const day = promiseOf(lines) ?? today();
  if (day < today()) return 'late';
  return day === today() ? 'today' : 'later';
}

const byPromise = (a: WaitingOrder, b: WaitingOrder): number =>
  (promiseOf(a.lines) ?? '').localeCompare(promiseOf(b.lines) ?? '') || a.placedAt.localeCompare(b.placedAt);

/** What has to leave, by the day it was promised for. */
export function useToShip(merchantId: string): Whole<readonly WaitingOrder[]> {
  const client = useClient();
  const inState = (state: (typeof STATES)[number]) =>
    allOf(
      (after) =>
        client.query(TO_SHIP, { merchantId, state, after }, { requestPolicy: 'network-only' }).toPromise(),
      (data) => data.merchantOrders,
    );
  return useWhole(merchantId, async () => {
    const found = await Promise.all(STATES.map(inState));
    return found.flat().filter(isOurs).sort(byPromise);
  });
}

const QUEUE = 'to-ship';

/** The order in which they were shown: after one parcel the next is a tap away. */
export const rememberQueue = (ids: readonly string[]): void =>
  sessionStorage.setItem(QUEUE, JSON.stringify(ids));

/** What comes after an order that has just left, and forgets that one. */
export function nextInQueue(doneId: string): string | null {
  const ids = JSON.parse(sessionStorage.getItem(QUEUE) ?? '[]') as readonly string[];
  const at = ids.indexOf(doneId);
  const left = ids.filter((id) => id !== doneId);
  rememberQueue(left);
  return left[Math.max(at, 0)] ?? left[0] ?? null;
}
