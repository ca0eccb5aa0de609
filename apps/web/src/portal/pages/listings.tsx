import type { ResultOf } from 'gql.tada';
import { type FormEvent, useEffect, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf, fenOf, yuanOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { GoodsNav } from '../goods-nav.js';
import { OPEN_LISTINGS, OWN_GOODS, PRICE_SET, PUT_ON, TAKE_OFF } from '../listing.documents.js';
import { useHeard } from '../drafts.js';
import { type Draft, listings } from '../listing/drafts.js';
import { PriceLine } from '../listing/price-line.js';
import { goodsWord, gradeWord, listingWord } from '../listing/words.js';

type Open = ResultOf<typeof OPEN_LISTINGS>['listings']['nodes'][number];
type Goods = ResultOf<typeof OWN_GOODS>['ownProducts']['nodes'][number];
type Variant = Goods['variants'][number];

function OpenCard({ open, draft }: { open: Open | undefined; draft: Draft | undefined }) {
  const name = draft?.form.name || open?.name || t('没有名字');
  const state = open?.state ?? 'DRAFT';
  return (
    <Link className="card" href={`/listings/${draft?.key ?? open?.id ?? ''}`}>
      <p className="card-head">
        <b>{name}</b>
        <span className={`tag${state === 'SUBMITTED' ? '' : ' is-warm'}`}>{listingWord(state)}</span>
        {open?.isPriceHeld === true && state === 'SUBMITTED' && (
          <span className="tag is-warm">{t('价钱要说理由')}</span>
        )}
        <Icon name="right" />
      </p>
      <p className="card-foot">
        <small>
          {draft?.isDirty === true
            ? t('有没送到的，留在这部手机上')
            : open?.submittedAt && state === 'SUBMITTED'
              ? t('{day}交的', { day: dayOf(open.submittedAt) })
              : open
                ? t('{day}写的', { day: dayOf(open.updatedAt) })
                : ''}
        </small>
        {(open?.productId ?? draft?.about.productId) && <small>{t('改在卖的货')}</small>}
      </p>
    </Link>
  );
}

/** What is not decided yet: at the service, on this phone, or both. */
function OpenOnes() {
  const { merchant } = useDesk();
  const client = useClient();
  useHeard();
  const [{ data, error }, again] = useQuery({
    query: OPEN_LISTINGS,
    variables: { merchantId: merchant.id },
    requestPolicy: 'cache-and-network',
  });
  const drafts = listings.of(merchant.id);
  useEffect(() => {
    const bring = async () => {
      for (const { key, isDirty } of listings.of(merchant.id)) if (isDirty) await listings.send(client, key);
    };
    void bring();
    const back = () => void bring();
    addEventListener('online', back);
    return () => removeEventListener('online', back);
  }, [merchant.id]);
  const listed = data?.listings.nodes ?? [];
  const alone = drafts.filter((draft) => !listed.some(({ id }) => id === draft.id));
  if (!data && !error && alone.length === 0) return <Skeleton className="is-card" count={2} />;
  if (listed.length === 0 && alone.length === 0 && !error) return null;
  return (
    <section>
      <h2 className="heading">{t('还没办完的')}</h2>
      <div className="cards">
        {alone.map((draft) => (
          <OpenCard key={draft.key} open={undefined} draft={draft} />
        ))}
        {listed.map((open) => (
          <OpenCard key={open.id} open={open} draft={drafts.find(({ id }) => id === open.id)} />
        ))}
      </div>
      {error && !data && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
    </section>
  );
}

/** What one size costs from now on. */
function PriceForm({ goods, variant, moved }: { goods: Goods; variant: Variant; moved: () => void }) {
  const [yuan, setYuan] = useState(yuanOf(variant.priceFen));
  const { act, isBusy, refusal } = useAct(PRICE_SET);
  const fen = fenOf(yuan);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fen !== null) void act({ variantId: variant.id, priceFen: fen }).then((set) => set && moved());
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>{t('{name} 卖多少钱（元）', { name: variant.name })}</span>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          value={yuan}
          onInput={(event) => setYuan(event.currentTarget.value.replace(/[^\d.]/g, ''))}
        />
      </label>
      <PriceLine kindCode={goods.kindCode ?? ''} grade={variant.grade} grams={variant.netWeightG} fen={fen} />
      <RefusalNote refusal={refusal} />
      {refusal?.code === 'PRICE_HELD' && (
        <Link className="button is-quiet" href={`/listings/new?of=${goods.id}`}>
          {t('改内容，请县里说理由')}
        </Link>
      )}
      <button
        type="submit"
        className="button is-wide"
        disabled={isBusy || fen === null || fen === variant.priceFen}
      >
        {t('就卖这个价')}
      </button>
    </form>
  );
}

const offReasons = (): readonly string[] => [t('卖完了'), t('季节过了'), t('货不好，先不卖'), t('要改价钱')];

function TakeOff({ goods, moved }: { goods: Goods; moved: () => void }) {
  const { act, isBusy, refusal } = useAct(TAKE_OFF, moved);
  return (
    <div className="form">
      <p className="note">{t('为什么下架？已经买了的照常发货。')}</p>
      <div className="chips">
        {offReasons().map((reason) => (
          <button
            key={reason}
            type="button"
            className="chip"
            disabled={isBusy}
            onClick={() => void act({ productId: goods.id, reason }).then((off) => off && moved())}
          >
            {reason}
          </button>
        ))}
      </div>
      <RefusalNote refusal={refusal} />
    </div>
  );
}

type Opened = 'OFF' | `var_${string}` | null;

function GoodsCard({ goods, changed }: { goods: Goods; changed: () => void }) {
  const [opened, setOpened] = useState<Opened>(null);
  const putOn = useAct(PUT_ON, changed);
  const moved = () => {
    setOpened(null);
    changed();
  };
  const isOn = goods.state === 'ON_SALE' || goods.state === 'WITHHELD';
  return (
    <section className="panel own-goods" aria-label={goods.name}>
      <h2>
        {goods.name}
        <span className={`tag${goods.state === 'ON_SALE' ? '' : ' is-warm'}`}>{goodsWord(goods.state)}</span>
      </h2>
      <ul className="own-packs">
        {goods.variants.map((variant) => (
          <li key={variant.id}>
            <span>
              {variant.name}{' '}
              <small>
                {gradeWord(variant.grade)} ·{' '}
                {t('合 {amount} 一斤', { amount: amountOf(variant.pricePer500gFen) })}
              </small>
            </span>
            <span className="price">{amountOf(variant.priceFen)}</span>
            <button
              type="button"
              className="button is-quiet"
              aria-expanded={opened === variant.id}
              aria-label={t('{name} 改价', { name: `${goods.name} ${variant.name}` })}
              onClick={() => setOpened(opened === variant.id ? null : (variant.id as Opened))}
            >
              {t('改价')}
            </button>
            {opened === variant.id && <PriceForm goods={goods} variant={variant} moved={moved} />}
          </li>
        ))}
      </ul>
      <div className="pair">
        <Link className="button is-quiet" href={`/listings/new?of=${goods.id}`}>
          {t('改内容')}
        </Link>
        {isOn ? (
          <button
            type="button"
            className="button is-quiet"
            aria-expanded={opened === 'OFF'}
            onClick={() => setOpened(opened === 'OFF' ? null : 'OFF')}
          >
            {t('下架')}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={putOn.isBusy || goods.state === 'DRAFT'}
            onClick={() => void putOn.act({ productId: goods.id }).then((on) => on && moved())}
          >
            {t('重新上架')}
          </button>
        )}
      </div>
      <RefusalNote refusal={putOn.refusal} />
      {opened === 'OFF' && <TakeOff goods={goods} moved={moved} />}
    </section>
  );
}

function GoodsPart(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: OWN_GOODS,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  return (
    <ListPart
      {...place}
      page={data?.ownProducts}
      error={error}
      retry={look}
      empty={<Empty icon="box" title={t('还没有货在卖。上架一样试试，三步就好。')} />}
    >
      {data?.ownProducts.nodes.map((goods) => (
        <GoodsCard key={goods.id} goods={goods} changed={look} />
      ))}
    </ListPart>
  );
}

/** What this merchant offers, and what it wants to. */
export default function Listings() {
  const { isOwner } = useDesk();
  return (
    <>
      <TopBar title={t('我的货')} />
      <main id="main" className="page is-narrow">
        {!isOwner && <Empty icon="box" title={t('上架、改价由负责人来做。')} />}
        {isOwner && (
          <>
            <GoodsNav at="listings" />
            <Link className="button is-wide is-large" href="/listings/new">
              <Icon name="plus" />
              {t('上架新货')}
            </Link>
            <OpenOnes />
            <h2 className="heading">{t('货架上的')}</h2>
            <List show={(place) => <GoodsPart {...place} />} />
          </>
        )}
      </main>
    </>
  );
}
