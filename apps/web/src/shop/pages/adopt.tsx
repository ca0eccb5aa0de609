import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { pictureOf } from '../../shared/pictures.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import { Failure } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { kilos } from '../adoption-words.js';
import { OFFER, type Offer } from '../adoption.documents.js';
import { Waiting } from '../waiting.js';
import Missing from './missing.js';
import { Updates } from './adoption-updates.js';

/** What one order may adopt (docs/adoption.md). */
const OBJECTS_MAX = 8;

function Objects({
  offer,
  chosen,
  choose,
}: {
  offer: Offer;
  chosen: readonly string[];
  choose: (ids: readonly string[]) => void;
}) {
  return (
    <section className="panel">
      <h2>
        <Icon name="leaf" />
        {t('挑一棵')}
        <small>{t('还有 {n} 个，共 {of} 个', { n: offer.freeCount, of: offer.objectCount })}</small>
      </h2>
      {offer.freeCount === 0 && <p>{t('都有主了，明年再来。')}</p>}
      <ul className="objects">
        {offer.objects.nodes.map(({ id, tag, place, photoPath }) => {
          const isChosen = chosen.includes(id);
          return (
            <li key={id}>
              <button
                type="button"
                className="object"
                aria-pressed={isChosen}
                disabled={!isChosen && chosen.length >= OBJECTS_MAX}
                onClick={() => choose(isChosen ? chosen.filter((one) => one !== id) : [...chosen, id])}
              >
                {photoPath === null ? (
                  <img src={pictureOf(offer.productName, '')} alt="" width="120" height="90" />
                ) : (
                  <img src={`${photoPath}?size=SMALL`} alt="" width="120" height="90" loading="lazy" />
                )}
                <b>{tag}</b>
                {place !== null && <small>{place}</small>}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** One offer: what it is, when what comes, and which one it shall be. */
export default function Adopt({ id }: { id: string }) {
  const [{ data, error }, again] = useQuery({ query: OFFER, variables: { id } });
  const [chosen, choose] = useState<readonly string[]>([]);
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </main>
    );
  if (!data) return <Waiting />;
  const offer = data.adoptionOffer;
  if (!offer) return <Missing />;
  const isOpen = offer.takesOrders && offer.freeCount > 0;
  const buy = new URLSearchParams({
    variant: offer.variantId,
    quantity: String(offer.portions * Math.max(1, chosen.length)),
    ...(chosen.length > 0 ? { objects: chosen.join(',') } : {}),
  });
  return (
    <>
      <TopBar title={t('认养一棵：{name}', { name: offer.productName })} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <section className="panel is-benefit">
            <p className="due">
              <Price fen={offer.priceFen} />
              <small>{t('一棵，一次付清')}</small>
            </p>
            <p>{offer.story}</p>
            <p>
              <b>{t('保底 {weight}', { weight: kilos(offer.guaranteedG) })}</b>{' '}
              {t('少了按份退钱，多了归种的人。')}
            </p>
            {offer.takesOrders && (
              <p className="note">{t('{moment} 前可以认养', { moment: momentOf(offer.ordersCloseAt) })}</p>
            )}
            <Link className="link" href={`/products/${offer.productId}`}>
              {t('看商品')}
            </Link>
          </section>
          <section className="panel">
            <h2>
              <Icon name="truck" />
              {t('什么时候寄')}
            </h2>
            <ol className="timeline">
              {offer.instalments.map(({ number, portions, firstOn, lastOn }) => (
                <li key={number} className="is-ahead">
                  <p>{t('第 {no} 次：{weight}', { no: number, weight: kilos(portions * offer.portionG) })}</p>
                  <small>
                    {dayOf(firstOn)} – {dayOf(lastOn)}
                  </small>
                </li>
              ))}
            </ol>
          </section>
          <Objects offer={offer} chosen={chosen} choose={choose} />
          <Updates updates={offer.updates.nodes} />
          {isOpen ? (
            <Link className="button is-warm is-wide" href={`/checkout?${buy}`}>
              {chosen.length > 1
                ? t('认养这 {n} 棵', { n: chosen.length })
                : chosen.length === 1
                  ? t('认养这一棵')
                  : t('认养一棵，替我挑')}
            </Link>
          ) : (
            <button type="button" className="button is-wide" disabled>
              {offer.takesOrders ? t('都有主了') : t('现在不接单')}
            </button>
          )}
        </div>
      </main>
    </>
  );
}
