import { useState } from 'react';
import { useQuery } from 'urql';
import { dayOf, monthOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, RefusalNote } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { CONSIGNMENT_SALES, RANGE_ASKED, RANGE_DECIDE } from '../consignment.documents.js';
import { useDesk } from '../desk.js';
import { Choice } from '../field.js';
import { lastMonths } from '../place/months.js';
import { EndOffer } from '../place/offer-acts.js';
import { Offtakes } from '../place/offtake-card.js';
import { PlaceOwner } from '../place/place-owner.js';

interface Asked {
  readonly id: string;
  readonly placeName: string;
  readonly operatorName: string;
  readonly productName: string;
  readonly proposedAt: string;
}

/** Somebody would like to carry what one grows: yes, or no with why. */
function Ask({
  offer: { id, placeName, operatorName, productName, proposedAt },
  changed,
}: {
  offer: Asked;
  changed: () => void;
}) {
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal } = useAct(RANGE_DECIDE, changed);
  const said = refusal?.fields?.[0]?.message ?? null;
  const decide = (verdict: 'AGREED' | 'DECLINED') =>
    void act({ offerId: id, act: verdict, reason: verdict === 'DECLINED' ? reason : null }).then(
      (done) => done && changed(),
    );
  return (
    <div className="card">
      <p className="card-head">
        <b>{productName}</b>
        <small>{dayOf(proposedAt)}</small>
      </p>
      <p>{t('{place}想卖这样货', { place: placeName })}</p>
      <small>{operatorName}</small>
      <label className="field">
        <span>{t('不同意的话，为什么')}</span>
        <input maxLength={300} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      {said !== null && (
        <p className="fault" role="alert">
          {said}
        </p>
      )}
      {said === null && <RefusalNote refusal={refusal} />}
      <div className="pair">
        <button type="button" className="button" disabled={isBusy} onClick={() => decide('AGREED')}>
          {t('同意进场')}
        </button>
        <button
          type="button"
          className="button is-quiet"
          disabled={isBusy}
          onClick={() => decide('DECLINED')}
        >
          {t('不同意')}
        </button>
      </div>
    </div>
  );
}

function Asks(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: RANGE_ASKED,
    variables: { merchantId: merchant.id, state: 'PROPOSED', after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  return (
    <ListPart {...place} page={data?.rangeOffers} error={error} retry={look} empty={null}>
      {data?.rangeOffers.nodes.map((offer) => (
        <Ask key={offer.id} offer={offer} changed={look} />
      ))}
    </ListPart>
  );
}

/** Where one's goods are carried, and the way out. */
function Carried(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: RANGE_ASKED,
    variables: { merchantId: merchant.id, state: 'AGREED', after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  return (
    <ListPart
      {...place}
      page={data?.rangeOffers}
      error={error}
      retry={look}
      empty={<Empty icon="hall" title={t('还没有馆区卖您的货。他们来问，会显示在这页最上面。')} />}
    >
      {data?.rangeOffers.nodes.map((offer) => (
        <div key={offer.id} className="card">
          <p className="card-head">
            <b>{offer.productName}</b>
            <span className="tag">{t('已进场')}</span>
          </p>
          <small>
            {offer.placeName} · {offer.operatorName} · {dayOf(offer.decidedAt ?? offer.proposedAt)}
          </small>
          <EndOffer offerId={offer.id} changed={look} />
        </div>
      ))}
    </ListPart>
  );
}

function Sales({ month, ...place }: Place & { month: string }) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: CONSIGNMENT_SALES,
    variables: { merchantId: merchant.id, month, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.consignmentSales}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="box" title={t('这个月专馆、专区还没有报您的货卖了多少。')} />}
    >
      {data?.consignmentSales.nodes.map((sale) => (
        <div key={`${sale.placeId} ${sale.variantId}`} className="card">
          <p className="card-head">
            <b>{sale.placeName}</b>
          </p>
          <p>
            {sale.productName} <small>{sale.variantName}</small> ×{sale.quantity}
          </p>
          <p className="card-foot">
            <small>{t('收银台实收')}</small>
            <b>{amountOf(sale.amountFen)}</b>
          </p>
          {sale.shortUnits > 0 && (
            <p className="notice is-bad">
              {t('其中 {n} 件账上没有：送去没有入账，或者数错了，请和运营方核对。', { n: sale.shortUnits })}
            </p>
          )}
        </div>
      ))}
    </ListPart>
  );
}

function Sold() {
  const [all] = useState(lastMonths);
  const [month, setMonth] = useState(all[0] ?? '');
  return (
    <>
      <section className="panel form">
        <h2>{t('卖出多少')}</h2>
        <label className="field">
          <span>{t('哪个月')}</span>
          <select value={month} onChange={(event) => setMonth(event.currentTarget.value)}>
            {all.map((each) => (
              <option key={each} value={each}>
                {monthOf(each)}
              </option>
            ))}
          </select>
        </label>
      </section>
      <List key={month} show={(place) => <Sales {...place} month={month} />} />
    </>
  );
}

type View = 'SOLD' | 'CARRIED' | 'BOUGHT';

/** One's goods in the pavilions and zones of others: who would like them, where they stand, what was sold of them and what was bought outright. */
export default function Consignment() {
  const [view, show] = useState<View>('SOLD');
  return (
    <>
      <TopBar title={t('寄卖')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <div className="panels">
            <List show={(place) => <Asks {...place} />} />
            <List show={(place) => <Offtakes {...place} side="SELLER" state="TOLD" empty={null} />} />
            <Choice
              legend={t('看什么')}
              options={[
                { value: 'SOLD', name: t('卖出多少') },
                { value: 'CARRIED', name: t('在哪里卖') },
                { value: 'BOUGHT', name: t('被收购的') },
              ]}
              value={view}
              choose={show}
            />
            {view === 'SOLD' && <Sold />}
            {view === 'CARRIED' && <List show={(place) => <Carried {...place} />} />}
            {view === 'BOUGHT' && (
              <>
                <p className="note">{t('馆区买断的货，只单独记一笔，不算销量；卖给顾客时才算。')}</p>
                <List
                  show={(place) => (
                    <Offtakes
                      {...place}
                      side="SELLER"
                      state="CONFIRMED"
                      empty={<Empty icon="receipt" title={t('还没有核对过的收购。')} />}
                    />
                  )}
                />
              </>
            )}
          </div>
        </PlaceOwner>
      </main>
    </>
  );
}
