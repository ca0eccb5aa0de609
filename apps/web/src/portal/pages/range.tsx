import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { Choice } from '../field.js';
import { EndOffer, WithdrawOffer } from '../place/offer-acts.js';
import { OwnPlaceChoice, type ShortPlace, WithOwnPlaces } from '../place/own-places.js';
import { PlaceNav } from '../place/place-nav.js';
import { offerWord } from '../place/range-words.js';
import { PlaceOwner } from '../place/place-owner.js';
import { RANGE_OFFERS } from '../range.documents.js';

type Shown = 'PROPOSED' | 'AGREED' | 'ALL';

const EMPTY: Readonly<Record<Shown, () => string>> = {
  PROPOSED: () => t('没有在等答复的。去选几样货，问问商家。'),
  AGREED: () => t('还没有货进场。选好货，商家同意就进场。'),
  ALL: () => t('还没有选过货。'),
};

function Offers({ placeId, shown, ...place }: Place & { placeId: string; shown: Shown }) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: RANGE_OFFERS,
    variables: {
      merchantId: merchant.id,
      placeId: placeId === '' ? null : placeId,
      state: shown === 'ALL' ? null : shown,
      after: place.after,
    },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  return (
    <ListPart
      {...place}
      page={data?.rangeOffers}
      error={error}
      retry={look}
      empty={<Empty icon="box" title={EMPTY[shown]()} />}
    >
      {data?.rangeOffers.nodes.map((offer) => (
        <div key={offer.id} className="card">
          <p className="card-head">
            <b>{offer.productName}</b>
            <span className={`tag${offer.state === 'AGREED' ? '' : ' is-warm'}`}>
              {offerWord(offer.state)}
            </span>
          </p>
          <small>{offer.merchantName}</small>
          <small>
            {offer.placeName} · {dayOf(offer.decidedAt ?? offer.proposedAt)}
          </small>
          {offer.reason !== '' && <p>{offer.reason}</p>}
          {offer.state === 'PROPOSED' && <WithdrawOffer offerId={offer.id} changed={look} />}
          {offer.state === 'AGREED' && <EndOffer offerId={offer.id} changed={look} />}
        </div>
      ))}
    </ListPart>
  );
}

function Range({ places }: { places: readonly ShortPlace[] }) {
  const [placeId, setPlaceId] = useState('');
  const [shown, show] = useState<Shown>('PROPOSED');
  return (
    <div className="panels">
      <Link
        className="button is-large is-wide"
        href={`/range/new${placeId === '' ? '' : `?place=${placeId}`}`}
      >
        <Icon name="plus" />
        {t('选货，问商家')}
      </Link>
      <section className="panel form">
        {places.length > 1 && (
          <OwnPlaceChoice places={places} value={placeId} every={t('所有馆区')} choose={setPlaceId} />
        )}
        <Choice
          legend={t('看哪些')}
          options={[
            { value: 'PROPOSED', name: t('等答复的') },
            { value: 'AGREED', name: t('已进场的') },
            { value: 'ALL', name: t('全部') },
          ]}
          value={shown}
          choose={show}
        />
      </section>
      <List
        key={`${placeId} ${shown}`}
        show={(place) => <Offers {...place} placeId={placeId} shown={shown} />}
      />
    </div>
  );
}

/** What an operator has asked merchants for, and what its places carry of it. */
export default function RangePage() {
  return (
    <>
      <TopBar title={t('进场的货')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <PlaceNav at="range" />
          <WithOwnPlaces
            missing={t('先有专馆或专区，才好选货。')}
            show={(places) => <Range places={places} />}
          />
        </PlaceOwner>
      </main>
    </>
  );
}
