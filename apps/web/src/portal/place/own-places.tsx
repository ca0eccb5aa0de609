import type { ResultOf } from 'gql.tada';
import { useClient } from 'urql';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { t } from '../../shared/i18n.js';
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
