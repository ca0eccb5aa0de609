import { useQuery } from 'urql';
import { Link } from 'wouter';
import { monthNow } from '../../shared/dates.js';
import { named, t } from '../../shared/i18n.js';
import { useTitle } from '../../shared/title.js';
import { Icon, type IconName } from '../../shared/ui/icon.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { pictureOf } from '../../shared/pictures.js';
import { heroOf, mapPicture } from '../art.js';
import { HOME, NEARBY } from '../catalog.documents.js';
import { metres, usePlace } from '../place.js';
import { GridSkeleton, ProductGrid } from '../product-card.js';

type Kind = 'PAVILION' | 'ZONE' | 'COUNTER';

const channels = (): readonly { kind: Kind; icon: IconName; name: string; note: string }[] => [
  { kind: 'PAVILION', icon: 'hall', name: t('县域专馆'), note: t('一县一馆') },
  { kind: 'ZONE', icon: 'zone', name: t('商超专区'), note: t('就在超市里') },
  { kind: 'COUNTER', icon: 'counter', name: t('智能专柜'), note: t('楼下就有') },
];

/** The three ways to buy, with how much each has. */
function Channels({ counts }: { counts: ReadonlyMap<string, number> }) {
  return (
    <nav className="channels" aria-label={t('购买渠道')}>
      {channels().map(({ kind, icon, name, note }) => (
        <Link key={kind} href={`/products?channel=${kind}`} className={`channel is-${kind.toLowerCase()}`}>
          <span className="channel-icon">
            <Icon name={icon} />
          </span>
          <b>{name}</b>
          <small>{counts.has(kind) ? t('{n} 款', { n: counts.get(kind) ?? 0 }) : note}</small>
        </Link>
      ))}
    </nav>
  );
}

/** What is not in a shop elsewhere. */
function Ways() {
  const ways: readonly { href: string; icon: IconName; name: string; note: string }[] = [
    { href: '/products?presold=1', icon: 'clock', name: t('预售'), note: t('摘下来就发') },
    { href: '/adoptions', icon: 'leaf', name: t('认养一棵树'), note: t('收成寄到家') },
    { href: '/unit', icon: 'receipt', name: t('单位采购'), note: t('挂账、批量、工会') },
    { href: '/notices', icon: 'certified', name: t('认定公示'), note: t('都看得到，能提异议') },
  ];
  return (
    <nav aria-label={t('更多')}>
      <ul className="halls">
        {ways.map(({ href, icon, name, note }) => (
          <li key={href}>
            <Link href={href} className="hall">
              <Icon name={icon} />
              <b>{name}</b>
              <small>{note}</small>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The counter that is nearest, once one says where one is; until then, one in the middle of the city. */
function NearestCounter() {
  const { place, find, isRefused } = usePlace();
  const { longitude, latitude } = place;
  const [{ data, error }] = useQuery({
    query: NEARBY,
    variables: { longitude, latitude, kind: 'COUNTER', first: 1 },
  });
  const [nearest] = data?.nearbyPlaces ?? [];
  if ((data && !nearest) || error) return null;
  return (
    <section className="nearest" aria-label={t('附近的智能专柜')}>
      <img src={mapPicture} alt="" width="96" height="96" />
      <div className="nearest-text">
        {nearest ? (
          <>
            <h2>
              <Link href="/counters">{nearest.place.name}</Link>
            </h2>
            <p>
              {place.isOwn
                ? t('距您 {distance}', { distance: metres(nearest.distanceM) })
                : t('株洲市中心附近')}
              {nearest.available !== null && ` · ${t('有货 {n} 件', { n: nearest.available })}`}
            </p>
            {isRefused && <p role="status">{t('手机没有告诉我们位置')}</p>}
          </>
        ) : (
          <Skeleton className="is-line" count={2} />
        )}
      </div>
      {place.isOwn ? (
        <Link className="button is-quiet" href="/counters">
          {t('全部')}
        </Link>
      ) : (
        <button type="button" className="button is-quiet" onClick={find}>
          <Icon name="pin" />
          {t('离我最近')}
        </button>
      )}
    </section>
  );
}

export default function Home() {
  useTitle(null);
  const month = monthNow();
  const [{ data, error }, again] = useQuery({ query: HOME, variables: { month } });
  const hero = heroOf(month);
  const counts = new Map(data?.productFacets.channels.map(({ kind, productCount }) => [kind, productCount]));
  return (
    <main id="main" className="page is-home">
      <h1 className="hidden">{t('桃源助农：株洲各县的好物，买一份，帮一户')}</h1>
      <Link className="hero" href={`/products?month=${month}`}>
        <img src={hero.picture} alt="" width="716" height="352" fetchPriority="high" />
        <span className="hero-text">
          <span className="hero-kicker">{hero.kicker()}</span>
          <strong>{hero.title()}</strong>
          <span className="button is-warm">
            {t('看当季好物')}
            <Icon name="right" />
          </span>
        </span>
      </Link>
      <Channels counts={counts} />
      {error && !data ? (
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      ) : (
        <>
          <nav className="kinds" aria-label={t('商品分类')}>
            {data ? (
              data.categories.map((category) => (
                <Link key={category.code} href={`/products?category=${category.code}`}>
                  <img src={pictureOf('', category.code)} alt="" width="96" height="72" />
                  {named(category)}
                </Link>
              ))
            ) : (
              <Skeleton className="is-kind" count={10} />
            )}
          </nav>
          <section className="benefit" aria-label={t('助农')}>
            <Icon name="heart" />
            {data ? (
              <p>
                {t('在售好物 {n} 款，其中认定产品 {c} 款', {
                  n: data.productFacets.productCount,
                  c: data.productFacets.certifiedCount,
                })}
              </p>
            ) : (
              <p>{t('每一份都写明产地、合作社和帮助的农户')}</p>
            )}
          </section>
          <NearestCounter />
          <Ways />
          <div className="heading-row">
            <h2 className="heading">{t('{month} 月当季', { month })}</h2>
            <Link href={`/products?month=${month}`}>
              {t('全部')}
              <Icon name="right" />
            </Link>
          </div>
          {data ? <ProductGrid products={data.season.nodes} /> : <GridSkeleton count={8} />}
          {data && (
            <>
              <h2 className="heading">{t('逛逛专馆')}</h2>
              <ul className="halls">
                {data.pavilions.nodes.map(({ id, name, county }) => (
                  <li key={id}>
                    <Link
                      href={`/products?place=${id}&placeName=${encodeURIComponent(name)}`}
                      className="hall"
                    >
                      <Icon name="hall" />
                      <b>{name}</b>
                      <small>{county.name}</small>
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </main>
  );
}
