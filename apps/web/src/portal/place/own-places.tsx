import type { ResultOf } from 'gql.tada';
import type { ReactNode } from 'react';
import { useClient } from 'urql';
import { Link } from 'wouter';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { OWN_PLACES } from '../range.documents.js';

export type ShortPlace = ResultOf<typeof OWN_PLACES>['places']['nodes'][number];

/** What one runs and is not closed, to choose from; undefined until it is known. */
export function useOwnPlaces(kind: 'ZONE' | null = null) {
  const { merchant } = useDesk();
  const client = useClient();
  return useWhole(`${merchant.id} ${kind}`, async () => {
    const places = await allOf(
      (after) =>
        client
          .query(OWN_PLACES, { merchantId: merchant.id, kind, after }, { requestPolicy: 'network-only' })
          .toPromise(),
      (page) => page.places,
    );
    return places.filter(({ state, operatorId }) => state !== 'CLOSED' && operatorId !== null);
  });
}

interface ChoiceProps {
  readonly places: readonly ShortPlace[];
  /** Empty for all of them. */
  readonly value: string;
  /** What none of them is called; none has to be chosen where there is no name for it. */
  readonly every?: string;
  readonly choose: (placeId: string) => void;
}

/** One of one's places. */
export function OwnPlaceChoice({ places, value, every, choose }: ChoiceProps) {
  return (
    <label className="field">
      <span>{t('哪个馆区')}</span>
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {every !== undefined && <option value="">{every}</option>}
        {places.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface WithProps {
  /** What needs a place first. */
  readonly missing: string;
  /** `first`: the one that is most likely meant. */
  readonly show: (places: readonly ShortPlace[], first: ShortPlace) => ReactNode;
}

/** For what is done at one of one's places: whoever runs none is led to where one is proposed. */
export function WithOwnPlaces({ missing, show }: WithProps) {
  const { value: places, error, again } = useOwnPlaces();
  if (error && !places) return <Failure error={error} retry={again} />;
  if (!places) return <Skeleton className="is-card" count={3} />;
  const first = places.find(({ state }) => state === 'OPEN') ?? places[0];
  if (!first)
    return (
      <Empty icon="hall" title={missing}>
        <Link className="button" href="/places/new">
          {t('申报新点')}
        </Link>
      </Empty>
    );
  return show(places, first);
}
