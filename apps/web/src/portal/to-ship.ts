import type { ResultOf, VariablesOf } from 'gql.tada';
import { useEffect, useState } from 'react';
import { type CombinedError, useClient, useQuery } from 'urql';
import { today, tomorrow } from '../shared/dates.js';
import { TO_SHIP, TO_SHIP_COUNT } from './order.documents.js';

type Page = ResultOf<typeof TO_SHIP>['ordersToShip'];
export type WaitingOrder = Page['nodes'][number];
export type Due = NonNullable<NonNullable<VariablesOf<typeof TO_SHIP>['filter']>['due']>;
type Line = WaitingOrder['lines'][number];

/** Units of a line that have to leave yet. */
export const restOf = ({
  quantity,
  shippedQuantity,
  calledOffQuantity,
}: Pick<Line, 'quantity' | 'shippedQuantity' | 'calledOffQuantity'>): number =>
  quantity - shippedQuantity - calledOffQuantity;

export function dueOf(dueOn: string): Due {
  if (dueOn < today()) return 'LATE';
  if (dueOn === today()) return 'TODAY';
  return dueOn === tomorrow() ? 'TOMORROW' : 'LATER';
}

interface ToShip {
  /** As far as it has been asked for; undefined until something of it is known. */
  readonly orders: readonly WaitingOrder[] | undefined;
  readonly hasMore: boolean;
  readonly error: CombinedError | undefined;
  /** Asks again, or for what comes after. */
  readonly again: () => void;
  readonly more: () => void;
}

/** What has to leave, by the day it was promised for: all of it, or what is due then. */
export function useToShip(merchantId: string, due: Due | null): ToShip {
  const client = useClient();
  const [pages, setPages] = useState<readonly Page[] | undefined>();
  const [error, setError] = useState<CombinedError | undefined>();
  const ask = (known: readonly Page[]) =>
    client
      .query(
        TO_SHIP,
        { merchantId, filter: { due }, after: known[known.length - 1]?.pageInfo.endCursor ?? null },
        { requestPolicy: 'network-only' },
      )
      .toPromise()
      .then(({ data, error: fault }) => ({ pages: data && [...known, data.ordersToShip], fault }));
  const show = (answer: Awaited<ReturnType<typeof ask>>) => {
    if (answer.pages) setPages(answer.pages);
    setError(answer.fault);
  };
  useEffect(() => {
    let isLeft = false;
    void ask([]).then((answer) => isLeft || show(answer));
    return () => {
      isLeft = true;
    };
  }, [merchantId, due]);
  return {
    orders: pages?.flatMap(({ nodes }) => nodes),
    hasMore: pages?.[pages.length - 1]?.pageInfo.hasNextPage === true,
    error,
    again: () => void ask([]).then(show),
    more: () => void ask(pages ?? []).then(show),
  };
}

/** How many have to leave when. */
export function useToShipCount(merchantId: string) {
  const [{ data, error }, again] = useQuery({
    query: TO_SHIP_COUNT,
    variables: { merchantId },
    requestPolicy: 'cache-and-network',
  });
  return {
    count: data?.ordersToShipCount,
    error,
    again: () => again({ requestPolicy: 'network-only' }),
  };
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
