import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { type Goods, GoodsSearch } from '../place/goods-search.js';
import { OwnPlaceChoice, type ShortPlace, WithOwnPlaces } from '../place/own-places.js';
import { offerWord } from '../place/range-words.js';
import { PlaceOwner } from '../place/place-owner.js';
import { RANGE_PROPOSE } from '../range.documents.js';

/** As many as are asked for at once. */
const WANTED_MAX = 50;

interface CardProps {
  readonly goods: Goods;
  readonly isWanted: boolean;
  readonly isFull: boolean;
  readonly toggle: () => void;
}

function GoodsCard({ goods, isWanted, isFull, toggle }: CardProps) {
  const { merchant } = useDesk();
  const { name, merchantId, merchantName, originName, isCertified, priceFromFen, offer } = goods;
  return (
    <div className="card">
      <p className="card-head">
        <b>{name}</b>
        {isCertified && <span className="tag">{t('已认定')}</span>}
      </p>
      <small>
        {originName} · {merchantId === merchant.id ? t('自己的货，选了就进场') : merchantName}
      </small>
      <p className="card-foot">
        <span>{t('{price}起', { price: amountOf(priceFromFen) })}</span>
        {offer ? (
          <span className={`tag${offer.state === 'AGREED' ? '' : ' is-warm'}`}>{offerWord(offer.state)}</span>
        ) : (
          <button
            type="button"
            className="chip"
            aria-pressed={isWanted}
            disabled={isFull && !isWanted}
            onClick={toggle}
          >
            {isWanted ? t('选上了') : t('选它')}
            <span className="hidden">{name}</span>
          </button>
        )}
      </p>
    </div>
  );
}

function Choosing({ places, first }: { places: readonly ShortPlace[]; first: ShortPlace }) {
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('place');
  const [placeId, setPlaceId] = useState(places.find(({ id }) => id === asked)?.id ?? first.id);
  return (
    <div className="panels">
      {places.length > 1 && (
        <section className="panel form">
          <OwnPlaceChoice places={places} value={placeId} choose={setPlaceId} />
        </section>
      )}
      <Wanting key={placeId} placeId={placeId} done={() => go('/range')} />
    </div>
  );
}

/** What is picked lies on the phone until it is asked for, for each place by itself. */
function Wanting({ placeId, done }: { placeId: string; done: () => void }) {
  const [{ ids }, change, forget] = useDraft<{ readonly ids: readonly string[] }>(`range:${placeId}`, {
    ids: [],
  });
  const { act, isBusy, refusal } = useAct(RANGE_PROPOSE);
  const toggle = (id: string) =>
    change({ ids: ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id] });
  const ask = async () => {
    if (!(await act({ placeId, productIds: [...ids] }))) return;
    forget();
    done();
  };
  return (
    <>
      <p className="note">{t('选好一起问：商家同意了就进场。每个馆区至少一半是认定过的货。')}</p>
      <GoodsSearch
        placeId={placeId}
        show={(goods) => (
          <GoodsCard
            key={goods.productId}
            goods={goods}
            isWanted={ids.includes(goods.productId)}
            isFull={ids.length >= WANTED_MAX}
            toggle={() => toggle(goods.productId)}
          />
        )}
      />
      <div className="action-bar">
        <RefusalNote refusal={refusal} />
        <button
          type="button"
          className="button is-warm is-wide is-large"
          disabled={isBusy || ids.length === 0}
          onClick={() => void ask()}
        >
          {ids.length === 0 ? t('先选几样') : t('问商家：{n} 样', { n: ids.length })}
        </button>
        {ids.length > 0 && (
          <button type="button" className="text-button" disabled={isBusy} onClick={forget}>
            {t('都不选')}
          </button>
        )}
      </div>
    </>
  );
}

/** Goods for a place: looked for, picked, and asked for together. */
export default function RangeNew() {
  return (
    <>
      <TopBar title={t('选货')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <WithOwnPlaces
            missing={t('先有专馆或专区，才好选货。')}
            show={(places, first) => <Choosing places={places} first={first} />}
          />
        </PlaceOwner>
      </main>
    </>
  );
}
