import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import { Failure } from '../../shared/ui/states.js';
import { pictureOf } from '../../shared/pictures.js';
import { PRODUCT, VOICES } from '../product.documents.js';
import { countOf } from '../product-card.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { presaleOf } from '../presale-days.js';
import { rarely } from '../rarely.js';
import { Waiting } from '../waiting.js';
import { BuyBar } from './buy-bar.js';
import Missing from './missing.js';
import { Reviews } from './product-reviews.js';

const OriginMap = rarely(() => import('./origin-map.js'));
const PriceHistory = rarely(
  () => import('./price-history.js'),
  () => import('../en-rare.js'),
);
const ProductAdoption = rarely(
  () => import('./product-adoption.js'),
  () => import('../en-rare.js'),
);
const ProductPresale = rarely(
  () => import('./product-presale.js'),
  () => import('../en-rare.js'),
);

type Product = NonNullable<ResultOf<typeof PRODUCT>['product']>;
type Voices = NonNullable<ResultOf<typeof VOICES>['product']>;

/** Basis points as people say them. */
const percent = (bps: number): string => String(bps / 100);

/** Whom buying it helps: only what an agreement says, and nothing where there is none. */
function Benefit({ product }: { product: Product }) {
  const { linkedHouseholdCount, householdShareBps, certification } = product;
  if (linkedHouseholdCount === null && certification === null) return null;
  return (
    <section className="panel is-benefit">
      <h2>
        <Icon name="heart" />
        {t('这一份帮助谁')}
      </h2>
      {linkedHouseholdCount !== null && (
        <p>
          {t('与 {n} 户签有联农协议', { n: linkedHouseholdCount })}
          {householdShareBps !== null && t('，货款的 {share}% 归他们', { share: percent(householdShareBps) })}
        </p>
      )}
      {certification && (
        <p className="certificate">
          <Icon name="certified" />
          <span>
            {t('产品认定 {no}', { no: certification.catalogueNo })}
            <small>
              {t('带动 {n} 人，有效至 {day}', {
                n: certification.linkedPersonCount,
                day: certification.validTo.slice(0, 10),
              })}
            </small>
            <Link className="link" href="/notices">
              {t('怎么认定的，正在公示什么')}
            </Link>
          </span>
        </p>
      )}
    </section>
  );
}

/** Where it grew, batch by batch. */
function Origin({ product }: { product: Product }) {
  const [batch] = product.batches;
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel">
      <h2>
        <Icon name="pin" />
        {t('产地')}
      </h2>
      <dl className="facts">
        <div>
          <dt>{t('产自')}</dt>
          <dd>
            {product.originCounty.name}
            {batch?.originVillage && ` ${batch.originVillage.name}`}
            {product.originCounty.isDesignated && <span className="tag">{t('脱贫县')}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('卖家')}</dt>
          <dd>{product.merchant.name}</dd>
        </div>
        {product.merchant.foodLicences.map(({ kind, number, endsOn }) => (
          <div key={kind}>
            <dt>{kind === 'FOOD_PRODUCTION_LICENCE' ? t('生产许可') : t('经营许可')}</dt>
            <dd>
              <span className="code">{number}</span>
              {endsOn !== null && <small>{t('有效至 {day}', { day: endsOn })}</small>}
            </dd>
          </div>
        ))}
        {batch && (
          <div>
            <dt>{t('采收')}</dt>
            <dd>
              {dayOf(batch.harvestedOn)}
              {batch.bestBeforeOn && ` · ${t('{day}前吃最好', { day: dayOf(batch.bestBeforeOn) })}`}
            </dd>
          </div>
        )}
        {batch && (
          <div>
            <dt>{t('溯源码')}</dt>
            <dd>
              <Link className="link code" href={`/trace/${batch.traceCode}`}>
                {batch.traceCode}
              </Link>
            </dd>
          </div>
        )}
        {product.seasonFrom !== null && product.seasonTo !== null && (
          <div>
            <dt>{t('时令')}</dt>
            <dd>{t('{from} 月到 {to} 月', { from: product.seasonFrom, to: product.seasonTo })}</dd>
          </div>
        )}
      </dl>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('在地图上看')}</summary>
        {isOpen && <OriginMap countyCode={product.originCounty.code} />}
      </details>
    </section>
  );
}

/** What it has cost until now, for whoever wants to know whether it is dear. */
function Prices({ productId }: { productId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('以前卖多少钱')}</summary>
        {isOpen && <PriceHistory productId={productId} />}
      </details>
    </section>
  );
}

interface DispatchProps {
  readonly product: Product;
  readonly voices: Voices | null;
  readonly variant: Product['variants'][number] | undefined;
  readonly notBefore: string | null;
  readonly choose: (notBefore: string | null) => void;
}

/** When it leaves, said as it is: in stock, with the harvest, or on a day of a presale. */
function Dispatch({ product, voices, variant, notBefore, choose }: DispatchProps) {
  const presale = variant && voices ? presaleOf(voices.presales, variant.id) : null;
  const { expectedDispatch } = product;
  return (
    <section className="panel">
      <h2>
        <Icon name="truck" />
        {t('发货')}
      </h2>
      {presale && variant ? (
        <ProductPresale
          productId={product.id}
          presale={presale}
          variant={variant}
          notBefore={notBefore}
          choose={choose}
        />
      ) : (
        <p>
          {expectedDispatch?.basis === 'IN_STOCK' && t('现货，确认订单时写明发货日')}
          {expectedDispatch?.basis === 'PRESALE' && t('现货先发；新一季正在预售')}
          {expectedDispatch?.basis === 'HARVEST' && t('等采收')}
          {expectedDispatch?.notBefore && t('，不早于 {day}', { day: dayOf(expectedDispatch.notBefore) })}
          {!expectedDispatch && t('下单时告诉您发货日')}
        </p>
      )}
      {product.isPerishable && <p className="note">{t('鲜货：签收后 48 小时内有坏果可以申请赔付')}</p>}
    </section>
  );
}

function Variants({
  product,
  chosen,
  choose,
}: {
  product: Product;
  chosen: string;
  choose: (id: string) => void;
}) {
  return (
    <fieldset className="choices is-variants">
      <legend>{t('规格')}</legend>
      <div className="chips">
        {product.variants.map(({ id, name, available }) => (
          <button
            key={id}
            type="button"
            className="chip"
            aria-pressed={id === chosen}
            disabled={available === 0}
            onClick={() => choose(id)}
          >
            {name}
            {available === 0 && <small>{t('售罄')}</small>}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export default function ProductPage({ id }: { id: string }) {
  const [{ data, error }, again] = useQuery({ query: PRODUCT, variables: { id } });
  const [{ data: said, error: unsaid }] = useQuery({ query: VOICES, variables: { id } });
  const [chosen, choose] = useState<string | null>(null);
  const [notBefore, setNotBefore] = useState<string | null>(null);
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </main>
    );
  if (!data) return <Waiting />;
  const { product } = data;
  if (!product) return <Missing />;
  const voices = said?.product ?? null;
  const variant =
    product.variants.find((one) => one.id === chosen) ??
    product.variants.find(({ available }) => available > 0) ??
    product.variants[0];
  return (
    <>
      <TopBar title={product.name} />
      <main id="main" className="page is-product">
        <div className="product-picture">
          <img src={pictureOf(product.name, product.category.code)} alt="" width="640" height="480" />
        </div>
        <div className="product-head">
          <p className="product-tags">
            {product.certification && (
              <span className="tag is-leaf">
                <Icon name="certified" />
                {t('认定产品')}
              </span>
            )}
            <Link href={`/products?county=${product.originCounty.code}`} className="tag">
              {product.originCounty.name}
            </Link>
            {product.isPerishable && <span className="tag">{t('鲜货')}</span>}
          </p>
          <p className="product-name" aria-hidden="true">
            {product.name}
          </p>
          {variant && (
            <p className="product-price">
              <Price fen={variant.priceFen} />
              <span className="jin">{t('合 ¥{price}/斤', { price: yuan(variant.pricePer500gFen) })}</span>
              {voices && (
                <span className="product-sold">{t('已售 {n}', { n: countOf(voices.soldQuantity) })}</span>
              )}
            </p>
          )}
          <Variants product={product} chosen={variant?.id ?? ''} choose={choose} />
          {variant && (
            <p className="note" role="status">
              {variant.available === 0
                ? t('这个规格暂时售罄')
                : variant.available < 20
                  ? t('只剩 {n} 件', { n: variant.available })
                  : t('有货')}
            </p>
          )}
          {variant && (
            <BuyBar
              key={variant.id}
              variantId={variant.id}
              available={variant.available}
              notBefore={notBefore}
            />
          )}
          <p className="product-description">{product.description}</p>
        </div>
        <div className="panels">
          <Benefit product={product} />
          <Dispatch
            product={product}
            voices={voices}
            variant={variant}
            notBefore={notBefore}
            choose={setNotBefore}
          />
          {voices && voices.adoptionOffers.some(({ takesOrders }) => takesOrders) && (
            <ProductAdoption offers={voices.adoptionOffers} />
          )}
          <Origin product={product} />
          <Prices productId={product.id} />
          {!unsaid && <Reviews voices={voices} />}
          {voices && voices.placesOfSale.nodes.length > 0 && (
            <section className="panel">
              <h2>
                <Icon name="zone" />
                {t('哪里也能买到')}
              </h2>
              <ul className="chips">
                {voices.placesOfSale.nodes.map((place) => (
                  <li key={place.id}>
                    <Link
                      className="chip"
                      href={`/products?place=${place.id}&placeName=${encodeURIComponent(place.name)}`}
                    >
                      {place.name}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </main>
    </>
  );
}
