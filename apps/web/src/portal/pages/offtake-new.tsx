import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { today } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf, fenOf } from '../../shared/money.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { FaultNote, TextField, faultsOf } from '../field.js';
import { OFFTAKE_TELL } from '../offtake.documents.js';
import { GoodsSearch } from '../place/goods-search.js';
import { OwnPlaceChoice, type ShortPlace, WithOwnPlaces } from '../place/own-places.js';
import { PlaceOwner } from '../place/place-owner.js';

const BLANK = {
  placeId: '',
  variantId: '',
  /** What was chosen, as one reads it. */
  goods: '',
  quantity: '',
  amount: '',
  boughtOn: '',
  documentNo: '',
  key: '',
};

/** Of others' goods, in which size they were bought. */
function GoodsChoice({ placeId, choose }: { placeId: string; choose: (id: string, name: string) => void }) {
  const { merchant } = useDesk();
  return (
    <GoodsSearch
      placeId={placeId}
      show={({ productId, name, merchantId, merchantName, originName, variants }) =>
        // What one sells oneself one does not buy.
        merchantId === merchant.id ? null : (
          <div key={productId} className="card">
            <p className="card-head">
              <b>{name}</b>
            </p>
            <small>
              {originName} · {merchantName}
            </small>
            <div className="chips">
              {variants.map((variant) => (
                <button
                  key={variant.id}
                  type="button"
                  className="chip"
                  onClick={() => choose(variant.id, `${name} ${variant.name} · ${merchantName}`)}
                >
                  {variant.name}
                </button>
              ))}
            </div>
          </div>
        )
      }
    />
  );
}

function Form({ places, first }: { places: readonly ShortPlace[]; first: ShortPlace }) {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  // One purchase has one key until it is told: pressed twice, or again after the network was gone, it stands there once.
  const [draft, change, forget] = useDraft(`offtake:${merchant.id}`, BLANK);
  const { act, isBusy, refusal } = useAct(OFFTAKE_TELL);
  const [isLooking, look] = useState(draft.variantId === '');
  const faults = faultsOf(refusal);
  const say = (changes: Partial<typeof BLANK>) => change({ key: '', ...changes });
  const placeId = places.find(({ id }) => id === draft.placeId)?.id ?? first.id;
  const boughtOn = draft.boughtOn === '' ? today() : draft.boughtOn;
  const amountFen = fenOf(draft.amount);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (amountFen === null) return;
    const key = draft.key === '' ? freshKey() : draft.key;
    // A default of today is another one tomorrow, and under one key the same is said.
    change({ key, boughtOn, placeId });
    const input = {
      placeId,
      variantId: draft.variantId,
      quantity: Number(draft.quantity),
      amountFen,
      boughtOn,
      documentNo: draft.documentNo,
      idempotencyKey: key,
    };
    if (!(await act({ input }))) return;
    forget();
    go('/offtakes');
  };
  return (
    <div className="panels">
      <p className="notice">
        {t('收购只单独记一笔，不算销量。您再卖出去的，写进“报销售”，那时才算，只算一次。')}
      </p>
      {isLooking ? (
        <GoodsChoice
          placeId={placeId}
          choose={(variantId, goods) => {
            say({ variantId, goods });
            look(false);
          }}
        />
      ) : (
        <form className="panel form" onSubmit={(event) => void submit(event)}>
          <p>
            <b>{draft.goods}</b>
          </p>
          <button type="button" className="chip" onClick={() => look(true)}>
            {t('换一样')}
          </button>
          <FaultNote faults={faults} path="variantId" />
          {places.length > 1 && (
            <OwnPlaceChoice places={places} value={placeId} choose={(id) => say({ placeId: id })} />
          )}
          <label className="field">
            <span>{t('买了多少件')}</span>
            <input
              className="is-large"
              inputMode="numeric"
              autoComplete="off"
              maxLength={7}
              value={draft.quantity}
              onInput={(event) => say({ quantity: event.currentTarget.value.replace(/\D/g, '') })}
            />
            <FaultNote faults={faults} path="quantity" />
          </label>
          <label className="field">
            <span>{t('一共付给卖家多少元')}</span>
            <input
              className="is-large"
              inputMode="decimal"
              autoComplete="off"
              maxLength={12}
              value={draft.amount}
              onInput={(event) => say({ amount: event.currentTarget.value })}
            />
            <FaultNote faults={faults} path="amountFen" />
          </label>
          {draft.amount !== '' && (
            <p className="note" role="status">
              {amountFen === null ? t('写成 880 或 880.50 这样') : amountOf(amountFen)}
            </p>
          )}
          <label className="field">
            <span>{t('哪天买的')}</span>
            <input
              type="date"
              max={today()}
              value={boughtOn}
              onInput={(event) => say({ boughtOn: event.currentTarget.value })}
            />
            <FaultNote faults={faults} path="boughtOn" />
          </label>
          <TextField
            label={t('送货单或发票号')}
            path="documentNo"
            value={draft.documentNo}
            max={60}
            faults={faults}
            onChange={(documentNo) => say({ documentNo })}
          />
          {refusal && faults.length === 0 && <RefusalNote refusal={refusal} />}
          <p className="note">{t('卖家会看到，核对了才算数；核对以前写错了可以撤回再记。')}</p>
          <button
            type="submit"
            className="button is-wide is-large"
            disabled={
              isBusy || !(Number(draft.quantity) > 0) || amountFen === null || draft.documentNo.trim() === ''
            }
          >
            {t('记下，请卖家核对')}
          </button>
        </form>
      )}
    </div>
  );
}

/** Goods that were bought outright, told once; whoever has sold them says whether it is so. */
export default function OfftakeNew() {
  return (
    <>
      <TopBar title={t('记一笔收购')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <WithOwnPlaces
            missing={t('先有专馆或专区，才好记收购。')}
            show={(places, first) => <Form places={places} first={first} />}
          />
        </PlaceOwner>
      </main>
    </>
  );
}
