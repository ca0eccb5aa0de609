import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { dayOf, monthNameOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon, type IconName } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { INSIGHT } from '../insight.documents.js';
import { SeasonBoard } from '../season-board.js';

type Insight = ResultOf<typeof INSIGHT>['merchantInsight'];
type Channel = Insight['channels'][number]['channel'];

const SPANS = [30, 90, 365] as const;
type Span = (typeof SPANS)[number];

const DAY_MS = 86_400_000;
const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

const spanWord = (span: Span): string => ({ 30: t('三十天'), 90: t('三个月'), 365: t('一年') })[span];

const channelWord = (channel: Channel): string =>
  ({
    PAVILION: t('专馆'),
    ZONE: t('专区'),
    COUNTER: t('智能柜'),
    ONLINE: t('网上'),
    PROCUREMENT: t('单位采购'),
    FAIR: t('展销会'),
    UNKNOWN: t('别处报来的'),
  })[channel];

const percentOf = (bps: number): string => `${(bps / 100).toFixed(1).replace(/\.0$/, '')}%`;

interface Bar {
  readonly key: string;
  readonly name: string;
  readonly fen: string;
  readonly note?: string;
}

/** How long each is beside the longest; what went back alone has no length. */
const lengthsOf = (bars: readonly Bar[]): number[] => {
  const fens = bars.map(({ fen }) => Math.max(Number(fen), 0));
  const longest = Math.max(...fens, 1);
  return fens.map((fen) => (fen / longest) * 100);
};

/** Every bar has its figure beside it, so that nothing has to be read off a length. */
function Bars({
  icon,
  title,
  bars,
  note,
}: {
  icon: IconName;
  title: string;
  bars: readonly Bar[];
  note?: string;
}) {
  if (bars.length === 0) return null;
  const lengths = lengthsOf(bars);
  return (
    <section className="panel">
      <h2>
        <Icon name={icon} />
        {title}
      </h2>
      <table className="bars">
        <tbody>
          {bars.map(({ key, name, fen, note: own }, index) => (
            <tr key={key}>
              <th scope="row">
                {name}
                {own !== undefined && <small>{own}</small>}
              </th>
              <td>
                <span className="bar" style={{ width: `${lengths[index] ?? 0}%` }} aria-hidden="true" />
                {amountOf(fen)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {note !== undefined && <p className="note">{note}</p>}
    </section>
  );
}

/** By day where there are few, else by month. */
function seriesOf({ days }: Insight, from: string, to: string, span: Span): Bar[] {
  const sold = new Map<string, bigint>();
  const keyOf = (day: string) => (span === 30 ? day : `${day.slice(0, 7)}-01`);
  for (let day = from; day <= to; day = daysBefore(day, -1)) sold.set(keyOf(day), 0n);
  for (const { day, soldFen } of days) sold.set(keyOf(day), (sold.get(keyOf(day)) ?? 0n) + BigInt(soldFen));
  return [...sold].map(([key, fen]) => ({
    key,
    name: span === 30 ? dayOf(key) : `${key.slice(0, 4)} ${monthNameOf(key)}`,
    fen: String(fen),
  }));
}

/** Columns to see the shape, and the same as a table for whoever wants the figures. */
function Series({ bars }: { bars: readonly Bar[] }) {
  const lengths = lengthsOf(bars);
  return (
    <section className="panel">
      <h2>
        <Icon name="clock" />
        {t('哪天卖得多')}
      </h2>
      <div className="columns" aria-hidden="true">
        {bars.map(({ key }, index) => (
          <span key={key} style={{ height: `${lengths[index] ?? 0}%` }} />
        ))}
      </div>
      <p className="ends" aria-hidden="true">
        <small>{bars[0]?.name}</small>
        <small>{bars[bars.length - 1]?.name}</small>
      </p>
      <details>
        <summary>{t('看数字')}</summary>
        <table className="bars">
          <tbody>
            {bars
              .filter(({ fen }) => fen !== '0')
              .map(({ key, name, fen }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  <td>{amountOf(fen)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function Sums({ insight }: { insight: Insight }) {
  const { soldFen, refundedFen, publicShareBps, isDependent, orderCount, againCount, againBps } = insight;
  return (
    <section className="panel">
      <h2>
        <Icon name="coin" />
        {t('卖了多少')}
      </h2>
      <p className="figure">{amountOf(soldFen)}</p>
      {refundedFen !== '0' && (
        <p className="note">{t('已经减去退掉的 {fen}', { fen: amountOf(refundedFen) })}</p>
      )}
      <dl className="sums">
        {againBps !== null && (
          <div>
            <dt>
              {t('回头客的订单')}{' '}
              <small>{t('{n} 单里有 {again} 单', { n: orderCount, again: againCount })}</small>
            </dt>
            <dd>{percentOf(againBps)}</dd>
          </div>
        )}
        {publicShareBps !== null && (
          <div>
            <dt>{t('单位买的')}</dt>
            <dd>{percentOf(publicShareBps)}</dd>
          </div>
        )}
      </dl>
      {isDependent && (
        <p className="notice is-bad" role="status">
          {t('七成以上是单位买的。单位一不买，货就卖不动：多上网店和专馆，留住自己来买的人。')}
        </p>
      )}
    </section>
  );
}

function Body({ insight, from, to, span }: { insight: Insight; from: string; to: string; span: Span }) {
  if (insight.days.length === 0) return <Empty icon="coin" title={t('这些天还没有卖出去的。')} />;
  const { products, channels, counties, otherCountiesFen, countyYear } = insight;
  const places = [
    ...counties.map(({ county, soldFen, buyerCount }) => ({
      key: county.code,
      name: county.fullName,
      fen: soldFen,
      note: t('{n} 人', { n: buyerCount }),
    })),
    ...(otherCountiesFen === null ? [] : [{ key: '', name: t('别的地方'), fen: otherCountiesFen }]),
  ];
  return (
    <div className="panels">
      <Sums insight={insight} />
      <Series bars={seriesOf(insight, from, to, span)} />
      <Bars
        icon="box"
        title={t('什么货卖得好')}
        bars={products.map(({ productId, name, soldFen }) => ({
          key: productId,
          name: name ?? t('不再卖的货'),
          fen: soldFen,
        }))}
      />
      <Bars
        icon="hall"
        title={t('在哪里卖的')}
        bars={channels.map(({ channel, soldFen }) => ({
          key: channel,
          name: channelWord(channel),
          fen: soldFen,
        }))}
      />
      <Bars
        icon="pin"
        title={t('{year} 年买家在哪里', { year: countyYear })}
        bars={places}
        note={t('不到五个人买的地方合在一起，不单独列出。')}
      />
    </div>
  );
}

function Sales() {
  const { merchant } = useDesk();
  const [span, setSpan] = useState<Span>(30);
  const to = today();
  const from = daysBefore(to, span - 1);
  const [{ data: answer, error }, again] = useQuery({
    query: INSIGHT,
    variables: { merchantId: merchant.id, from, to },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  return (
    <>
      <div className="chips" role="group" aria-label={t('看多久')}>
        {SPANS.map((each) => (
          <button
            key={each}
            type="button"
            className="chip"
            aria-pressed={each === span}
            onClick={() => setSpan(each)}
          >
            {spanWord(each)}
          </button>
        ))}
      </div>
      {error && !data && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Skeleton className="is-card" count={4} />}
      {data && <Body insight={data.merchantInsight} from={from} to={to} span={span} />}
      <SeasonBoard merchantId={merchant.id} />
    </>
  );
}

/** What sells, where and to whom; nothing of single buyers. */
export default function InsightPage() {
  return (
    <>
      <TopBar title={t('卖得怎么样')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <Sales />
        </OwnerOnly>
      </main>
    </>
  );
}
