import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { NEARBY } from '../catalog.documents.js';
import { type Place, metres, usePlace } from '../place.js';
import { TopBar } from '../../shared/ui/top-bar.js';

type Near = ResultOf<typeof NEARBY>['nearbyPlaces'][number];

/** As many as the service tells of. */
const COUNT = 20;

/** Half of the drawing, in its own units. */
const RADIUS = 160;

/** The middle of China is no sphere to whoever walks: metres of a degree of latitude. */
const DEGREE_M = 111_320;

/** Where they lie around one, north on top: a sketch with rings, no map. What is furthest lies on the outer ring. */
function Sketch({ near, place }: { near: readonly Near[]; place: Place }) {
  const furthestM = Math.max(200, ...near.map(({ distanceM }) => distanceM));
  const points = near.flatMap(({ place: { id, longitude, latitude } }, index) => {
    if (longitude === null || latitude === null) return [];
    const scale = (RADIUS * 0.88) / furthestM;
    const eastM = (longitude - place.longitude) * DEGREE_M * Math.cos((place.latitude * Math.PI) / 180);
    const northM = (latitude - place.latitude) * DEGREE_M;
    return [{ id, number: index + 1, x: eastM * scale, y: -northM * scale }];
  });
  return (
    <figure className="sketch">
      <svg viewBox={`${-RADIUS} ${-RADIUS} ${2 * RADIUS} ${2 * RADIUS}`} aria-hidden="true">
        {[0.88, 0.58, 0.29].map((part) => (
          <circle key={part} r={RADIUS * part} className="sketch-ring" />
        ))}
        <circle r="6" className="sketch-self" />
        {[...points].reverse().map(({ id, number, x, y }) => (
          <g key={id} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
            <circle r="13" className="sketch-pin" />
            <text textAnchor="middle" dy="0.35em">
              {number}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>{t('示意图，上北下南，外圈约 {distance}', { distance: metres(furthestM) })}</figcaption>
    </figure>
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
            {near.length > 1 && <Sketch near={near} place={place} />}
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
