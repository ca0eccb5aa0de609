import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { yuan, yuanExact } from '../../shared/money.js';
import { pictureOf } from '../../shared/pictures.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { IMPACT_YEAR, UNIT_IMPACT_YEAR } from '../impact.documents.js';
import { MemberOnly } from './member-only.js';

type Year = ResultOf<typeof IMPACT_YEAR>['impactYear'];

/** As far back as somebody looks on a phone. */
const YEARS = 3;

const shareOf = (fen: string, mostFen: bigint): number =>
  mostFen === 0n ? 0 : Number((BigInt(fen) * 100n) / mostFen);

/** One bar per row, as long as its amount; the amount stands beside it, so nobody has to measure. */
function Bars({ rows }: { rows: readonly (readonly [string, string])[] }) {
  const mostFen = rows.reduce((most, [, fen]) => (BigInt(fen) > most ? BigInt(fen) : most), 0n);
  return (
    <ul className="bars">
      {rows.map(([name, fen]) => (
        <li key={name}>
          <span>{name}</span>
          <meter min={0} max={100} value={shareOf(fen, mostFen)} aria-hidden="true" />
          <b>¥{yuan(fen)}</b>
        </li>
      ))}
    </ul>
  );
}

function Told({ year, isUnit }: { year: Year; isUnit: boolean }) {
  return (
    <>
      <section className="panel is-benefit year-sum">
        <p>
          {isUnit
            ? t('{year} 年，单位在这里买了 {n} 单', { year: year.year, n: year.orderCount })
            : t('{year} 年，您在这里买了 {n} 单', { year: year.year, n: year.orderCount })}
        </p>
        <p className="year-amount">¥{yuanExact(year.spentFen)}</p>
        <p>
          {t('来自 {counties} 个县市区的 {products} 样东西', {
            counties: year.countyCount,
            products: year.productCount,
          })}
        </p>
        {year.householdCount !== null && year.householdFen !== null && (
          <p className="impact-sum">
            <Icon name="heart" />
            {t('{n} 户农户因此得到', { n: year.householdCount })} <b>¥{yuanExact(year.householdFen)}</b>
          </p>
        )}
      </section>
      <section className="panel">
        <h2>
          <Icon name="clock" />
          {t('每个月')}
        </h2>
        <Bars rows={year.months.map(({ month, spentFen }) => [t('{month} 月', { month }), spentFen])} />
      </section>
      <section className="panel">
        <h2>
          <Icon name="pin" />
          {t('来自哪里')}
        </h2>
        <Bars rows={year.counties.map(({ county, spentFen }) => [county.name, spentFen])} />
      </section>
      <section className="panel">
        <h2>
          <Icon name="leaf" />
          {t('买得最多的')}
        </h2>
        <ul className="cart-lines">
          {year.products.slice(0, 6).map(({ productId, productName, quantity, spentFen }) => (
            <li key={productId}>
              <Link href={`/products/${productId}`} className="order-lines">
                <img src={pictureOf(productName, '')} alt="" width="72" height="54" />
                <span>
                  {productName} × {quantity}
                </span>
                <b className="price">¥{yuan(spentFen)}</b>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <p className="note">
        {t('只算商品的钱，退了的不算。农户的数目和金额按联农协议和账本算，少于五户的不说，免得认出是谁家。')}
        {!year.isWhole && t('订单太多，只算了前两千单。')}
      </p>
    </>
  );
}

function Body({ unitId }: { unitId: string | null }) {
  const now = Number(today().slice(0, 4));
  const [year, choose] = useState(now);
  const [own, askOwn] = useQuery({ query: IMPACT_YEAR, variables: { year }, pause: unitId !== null });
  const [unit, askUnit] = useQuery({
    query: UNIT_IMPACT_YEAR,
    variables: { unitId: unitId ?? '', year },
    pause: unitId === null,
  });
  const { error, fetching } = unitId === null ? own : unit;
  const again = unitId === null ? askOwn : askUnit;
  const seen = unitId === null ? own.data?.impactYear : unit.data?.unitImpactYear;
  const told = seen?.year === year ? seen : undefined;
  return (
    <div className="panels">
      <div className="chips" role="group" aria-label={t('哪一年')}>
        {Array.from({ length: YEARS }, (_, index) => now - index).map((each) => (
          <button
            key={each}
            type="button"
            className="chip"
            aria-pressed={each === year}
            onClick={() => choose(each)}
          >
            {each}
          </button>
        ))}
      </div>
      {error && !told && !fetching && (
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      )}
      {!told && (!error || fetching) && <Skeleton className="is-picture" count={2} />}
      {told && told.orderCount === 0 && (
        <Empty icon="leaf" title={t('这一年还没有买过东西。')}>
          <Link className="button" href="/">
            {t('去逛逛')}
          </Link>
        </Empty>
      )}
      {told && told.orderCount > 0 && <Told year={told} isUnit={unitId !== null} />}
    </div>
  );
}

/** What one has bought in a year, and whom it has helped: as the books say it. */
export default function ImpactYear() {
  const unitId = new URLSearchParams(useSearch()).get('unit');
  return (
    <MemberOnly
      title={t('一年助农')}
      icon="heart"
      why={t('登录后能看到您一年买了什么、帮了谁。')}
      path={unitId === null ? '/impact' : `/impact?unit=${unitId}`}
    >
      <Body unitId={unitId} />
    </MemberOnly>
  );
}
