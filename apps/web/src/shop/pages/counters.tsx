import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { NEARBY } from '../catalog.documents.js';
import { OUTLINE } from '../outline.documents.js';
import { CITY, type Place, metres, usePlace } from '../place.js';
import { Sketch } from '../sketch.js';
import { TopBar } from '../../shared/ui/top-bar.js';

type Near = ResultOf<typeof NEARBY>['nearbyPlaces'][number];

/** As many as the service tells of. */
const COUNT = 20;

/** The same places as below, on the lines of the counties: around one, or in all of the city. */
function Where({ near, place }: { near: readonly Near[]; place: Place }) {
  const [isWide, setWide] = useState(false);
  const [{ data }] = useQuery({ query: OUTLINE, variables: { cityCode: CITY } });
  const outline = data?.cityOutline ?? null;
  const spots = near.flatMap(({ distanceM, place: { id, longitude, latitude } }, index) =>
    longitude === null || latitude === null
      ? []
      : [{ id, distanceM, longitude, latitude, number: index + 1 }],
  );
  return (
    <>
      <Sketch spots={spots} place={place} outline={outline} isWide={isWide} />
      {outline && (
        <div className="chips" role="group" aria-label={t('看多大一片')}>
          {[false, true].map((wide) => (
            <button
              key={String(wide)}
              type="button"
              className="chip"
              aria-pressed={wide === isWide}
              onClick={() => setWide(wide)}
            >
              {wide ? t('全市') : t('我附近')}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function CounterCard({ near, number }: { near: Near; number: number }) {
  const { place, distanceM, available } = near;
  return (
    <li className="panel counter-card">
      <h2>
        <span className="slot-code">{number}</span>
        {place.name}
        <small>{metres(distanceM)}</small>
      </h2>
      <p className="note">{place.address}</p>
      <p className="counter-facts">
        {place.isOpenNow !== null && (
          <span className={place.isOpenNow ? 'tag is-leaf' : 'tag'}>
            {place.isOpenNow ? t('营业中') : t('已打烊')}
          </span>
        )}
        {place.openingHours !== null && <span>{place.openingHours}</span>}
        {available !== null && <span>{t('有货 {n} 件', { n: available })}</span>}
        {place.paidTodayFen !== null && place.paidTodayFen !== '0' && (
          <span>{t('今天助农 ¥{amount}', { amount: yuan(place.paidTodayFen) })}</span>
        )}
      </p>
      <a className="button is-quiet" href={`/kiosk/${place.id}`}>
        {t('看柜里有什么')}
      </a>
    </li>
  );
}

/** Counters around one, the nearest first. */
export default function Counters() {
  const { place, find, isRefused } = usePlace();
  const { longitude, latitude } = place;
  const [{ data, error }, again] = useQuery({
    query: NEARBY,
    variables: { longitude, latitude, kind: 'COUNTER', first: COUNT },
  });
  const near = data?.nearbyPlaces ?? [];
  return (
    <>
      <TopBar title={t('附近的专柜')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <section className="panel">
            <p className="note">
              {place.isOwn ? t('按您现在的位置') : t('还不知道您在哪里，先按株洲市中心')}
            </p>
            {isRefused && <p role="status">{t('手机没有告诉我们位置')}</p>}
            <button type="button" className="button is-quiet" onClick={find}>
              <Icon name="pin" />
              {place.isOwn ? t('重新定位') : t('离我最近')}
            </button>
            {near.length > 0 && <Where near={near} place={place} />}
          </section>
          {error && !data && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
          {!data && !error && <Skeleton className="is-picture" count={3} />}
          {data && near.length === 0 && <Empty icon="counter" title={t('附近还没有专柜')} />}
          <ul className="panels">
            {near.map((one, index) => (
              <CounterCard key={one.place.id} near={one} number={index + 1} />
            ))}
          </ul>
        </div>
      </main>
    </>
  );
}
