import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { pictureOf } from '../../shared/pictures.js';
import { Price } from '../../shared/ui/price.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { adoptionWord, kilos, objectWord } from '../adoption-words.js';
import { OFFERS, OWN_ADOPTIONS } from '../adoption.documents.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { isKnown } from '../visitor.js';

function Own(place: Place) {
  const [{ data, error }, again] = useQuery({
    query: OWN_ADOPTIONS,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.adoptions}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={null}
    >
      {place.after === null && <h2 className="heading">{t('我认养的')}</h2>}
      {data?.adoptions.nodes.map(({ id, state, plateName, adoptedAt, object, offer }) => (
        <Link key={id} href={`/adoptions/${id}`} className="panel order-card">
          <h2>
            {plateName ?? t('{tag} 号{kind}', { tag: object.tag, kind: objectWord(offer.objectKind) })}
            <small>{dayOf(adoptedAt)}</small>
          </h2>
          <div className="order-lines">
            <img src={pictureOf(offer.productName, '')} alt="" width="72" height="54" />
            <span>
              {offer.productName}
              <small>{[object.tag, object.place].filter(Boolean).join(' · ')}</small>
            </span>
            <span className="tag is-leaf">{adoptionWord(state)}</span>
          </div>
        </Link>
      ))}
    </ListPart>
  );
}

function Offers(place: Place) {
  const [{ data, error }, again] = useQuery({ query: OFFERS, variables: { after: place.after } });
  return (
    <ListPart
      {...place}
      page={data?.adoptionOffers}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="leaf" title={t('现在没有可以认养的。花开前后再来看看。')} />}
    >
      {data?.adoptionOffers.nodes.map((offer) => (
        <Link key={offer.id} href={`/adopt/${offer.id}`} className="panel order-card">
          <h2>
            {t('认养一棵：{name}', { name: offer.productName })}
            <small>
              {offer.freeCount > 0
                ? t('还有 {n} 个，共 {of} 个', { n: offer.freeCount, of: offer.objectCount })
                : t('都有主了')}
            </small>
          </h2>
          <div className="order-lines">
            <img src={pictureOf(offer.productName, '')} alt="" width="72" height="54" />
            <span>
              {t('保底 {weight}', { weight: kilos(offer.guaranteedG) })}
              <small>
                {t('{first} 到 {last} 分次寄', { first: dayOf(offer.firstOn), last: dayOf(offer.lastOn) })}
              </small>
            </span>
            <Price fen={offer.priceFen} />
          </div>
        </Link>
      ))}
    </ListPart>
  );
}

/** Trees with a number: one's own first, then those that nobody has. */
export default function Adoptions() {
  return (
    <>
      <TopBar title={t('认养')} />
      <main id="main" className="page is-narrow">
        {isKnown() && (
          <div className="panels">
            <List show={(place) => <Own {...place} />} />
          </div>
        )}
        <h2 className="heading">{t('可以认养的')}</h2>
        <div className="panels">
          <List show={(place) => <Offers {...place} />} />
        </div>
      </main>
    </>
  );
}
