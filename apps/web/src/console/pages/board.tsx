import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { momentOf, timeOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { useWatch } from '../../shared/watch.js';
import { Only, nameOf, useDesk } from '../desk.js';
import { bpsText, changeText, countText, money, moneyText, percentText, perMille } from '../figures.js';
import { type Period, isRange, periodOf, periodText } from '../period.js';
import { BOARD, LIVE, YEAR } from '../volume.documents.js';
import { useTitle } from '../title.js';
import { AsOf } from '../ui.js';
import { channelWord } from '../words.js';
import { type BoardAnswer, BoardPanels } from './board-panels.js';
import { RangeBar } from './range-bar.js';
import { WallClock } from './wall-clock.js';

type YearAnswer = ResultOf<typeof YEAR>;
type Live = ResultOf<typeof LIVE>['volumeLive'];

/** Today's figures move with every sale; those of a period are made up once a minute at the most. */
const LIVE_PACE = { firstMs: 5_000, mostMs: 15_000 };
const BOARD_PACE = { firstMs: 60_000, mostMs: 60_000 };

/** How many of the latest sales are shown beside each other. */
const FEED = 8;

/** Digits in boxes, read out as one figure. */
function Digits({ text }: { text: string }) {
  return (
    <p className="digits" role="img" aria-label={`¥${text}`}>
      <span aria-hidden="true">¥</span>
      {Array.from(text, (sign, index) => (
        <span key={`${text.length - index}`} className={/\d/.test(sign) ? 'digit' : ''} aria-hidden="true">
          {sign}
        </span>
      ))}
    </p>
  );
}

function Today({ live }: { live: Live | undefined }) {
  if (!live) return <Skeleton className="is-kpi" />;
  const { totals, ordersPerMinute, dataAsOf } = live;
  return (
    <section className="kpi is-live">
      <h2>{t('今日支付额（元）')}</h2>
      <Digits text={yuanExact(totals.paidFen)} />
      <p className="kpi-note">
        {t('认定 {recognised} · 退款 {refunded}', {
          recognised: moneyText(totals.recognisedFen),
          refunded: moneyText(totals.refundedFen),
        })}
        {' · '}
        {ordersPerMinute === null
          ? t('每分钟订单数待统计')
          : t('上一分钟 {n} 单', { n: countText(ordersPerMinute) })}
        {' · '}
        {t('截至 {at}', { at: timeOf(Date.parse(dataAsOf)) })}
      </p>
    </section>
  );
}

function Kpi({ name, fen, children }: { name: string; fen: string; children: React.ReactNode }) {
  const { value, unit } = money(fen);
  return (
    <section className="kpi">
      <h2>{name}</h2>
      <p className="kpi-figure">
        {value}
        <small>{unit}</small>
      </p>
      {children}
    </section>
  );
}

/** What a division is to sell in a year, through all channels and to whomever. */
const targetOf = (year: YearAnswer, code: string) =>
  year.volumeTargets.find(
    ({ divisionCode, channel, unitId }) => divisionCode === code && channel === null && unitId === null,
  );

/** Each of several divisions has a target of its own; there is none that is theirs together. */
function Targets({ year }: { year: YearAnswer }) {
  const { places } = useDesk();
  if (places.length === 1) return <Target target={targetOf(year, places[0]?.code ?? '')} />;
  return (
    <ul>
      {places.map(({ code, name }) => {
        const target = targetOf(year, code);
        return (
          <li key={code} className="kpi-note">
            {target
              ? t('{name}目标 {target}，完成 {share}', {
                  name,
                  target: moneyText(target.targetFen),
                  share: bpsText(target.completionBps),
                })
              : t('{name}今年还没有下达目标', { name })}
          </li>
        );
      })}
    </ul>
  );
}

function Target({ target }: { target: ReturnType<typeof targetOf> }) {
  if (!target) return <p className="kpi-note">{t('今年还没有下达目标')}</p>;
  const share = (target.completionBps ?? 0) / 100;
  return (
    <>
      <p
        className="progress"
        role="progressbar"
        aria-label={t('年度目标完成率')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, Math.floor(share))}
      >
        <span style={{ width: `${Math.min(100, share)}%` }} />
      </p>
      <p className="kpi-note">
        {t('年度目标 {target}，完成 {share}', {
          target: moneyText(target.targetFen),
          share: bpsText(target.completionBps),
        })}
        {target.timeAdjustedBps !== null &&
          ` · ${t('时序 {share}', { share: bpsText(target.timeAdjustedBps) })}`}
      </p>
    </>
  );
}

function Kpis({
  board: { trend, trendBefore },
  year,
  live,
  period,
}: {
  board: BoardAnswer;
  year: YearAnswer;
  live: Live | undefined;
  period: Period;
}) {
  const { counterBoard } = year;
  const sum = (of: (row: NonNullable<typeof counterBoard>[number]) => number) =>
    (counterBoard ?? []).reduce((all, row) => all + of(row), 0);
  return (
    <div className="kpis">
      <Today live={live} />
      <Kpi name={t('本年认定交易额')} fen={year.now.totals.recognisedFen}>
        <Targets year={year} />
        <p className="kpi-note">
          {t('同比 {change}', {
            change: changeText(year.now.totals.recognisedFen, year.before.totals.recognisedFen),
          })}
        </p>
      </Kpi>
      <Kpi name={periodText(period)} fen={trend.totals.recognisedFen}>
        <p className="kpi-note">
          {t('同比 {change}', {
            change: changeText(trend.totals.recognisedFen, trendBefore.totals.recognisedFen),
          })}
        </p>
        <p className="kpi-note">
          {t('支付 {paid} · 退款 {refunded}', {
            paid: moneyText(trend.totals.paidFen),
            refunded: moneyText(trend.totals.refundedFen),
          })}
        </p>
      </Kpi>
      <Kpi name={t('其中认定产品')} fen={trend.totals.certifiedFen}>
        <p className="kpi-note">
          {t('占认定交易额 {share}', {
            share: percentText(perMille(trend.totals.certifiedFen, trend.totals.recognisedFen)),
          })}
        </p>
      </Kpi>
      {counterBoard !== undefined && (
        <section className="kpi">
          <h2>{t('专柜')}</h2>
          <p className="kpi-figure">
            {countText(sum(({ operatingCount }) => operatingCount))}
            <small>{t('/ {n} 台在运营', { n: countText(sum(({ builtCount }) => builtCount)) })}</small>
          </p>
          <p className="kpi-note">
            {t('{open} 台已开通，{idle} 台闲置', {
              open: countText(sum(({ openCount }) => openCount)),
              idle: countText(sum(({ idleCount }) => idleCount)),
            })}
          </p>
        </section>
      )}
    </div>
  );
}

function Feed({ live }: { live: Live | undefined }) {
  return (
    <section className="panel feed">
      <header className="panel-head">
        <h2>{t('实时成交')}</h2>
        <p>{t('支付额 · 元')}</p>
      </header>
      {live?.sales.length === 0 && <p className="note">{t('今天还没有成交，有了就显示在这里。')}</p>}
      <ul>
        {live?.sales.slice(0, FEED).map(({ lineId, paidAt, channel, product, county, paidFen }) => (
          <li key={lineId}>
            <time dateTime={paidAt}>{timeOf(Date.parse(paidAt))}</time>
            <i>{channelWord(channel)}</i>
            <span>
              {county.name} {product.name}
            </span>
            <b>¥{yuanExact(paidFen)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The one city that they lie in; of several none can be drawn, and the table has all. */
function cityOf(places: readonly { readonly cityCode: string | null }[]): string | null {
  const [city = null, ...others] = new Set(places.map(({ cityCode }) => cityCode));
  return others.length === 0 ? city : null;
}

function Figures({ isWall }: { isWall: boolean }) {
  const { places, may } = useDesk();
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('range');
  const period = periodOf(isRange(asked) ? asked : '30d', today());
  const yearPeriod = periodOf('year', today());
  const [{ data: liveData, error: liveError }, lookLive] = useQuery({
    query: LIVE,
    variables: {},
    requestPolicy: 'cache-and-network',
  });
  const [{ data: board, error }, look] = useQuery({
    query: BOARD,
    variables: {
      now: { from: period.from, to: period.to },
      before: { from: period.fromBefore, to: period.toBefore },
      axis: [period.axis],
    },
    requestPolicy: 'cache-and-network',
  });
  const [{ data: year, error: yearError }, lookYear] = useQuery({
    query: YEAR,
    variables: {
      now: { from: yearPeriod.from, to: yearPeriod.to },
      before: { from: yearPeriod.fromBefore, to: yearPeriod.toBefore },
      year: Number(today().slice(0, 4)),
      withCounters: may('COUNTER_READ'),
    },
    requestPolicy: 'cache-and-network',
  });
  const lookPeriod = () => {
    look({ requestPolicy: 'network-only' });
    lookYear({ requestPolicy: 'network-only' });
  };
  const lookToday = () => lookLive({ requestPolicy: 'network-only' });
  const lookAgain = () => {
    lookPeriod();
    lookToday();
  };
  const fault = error ?? yearError ?? liveError;
  const live = liveData?.volumeLive;
  // Each answer has a moment of its own; what is seen is whether something was sold.
  useWatch(LIVE_PACE, JSON.stringify(live?.totals ?? ''), lookToday);
  useWatch(BOARD_PACE, board?.trend.dataAsOf ?? '', lookPeriod);
  const title = t('{place}消费帮扶交易监测', { place: nameOf(places) });
  useTitle(title);
  const path = isWall ? '/wall' : '/';
  const fill = () => {
    go(`/wall?range=${period.range}`);
    // Refused where the browser has no such thing, or the person forbids it: the page is the same without.
    void document.documentElement.requestFullscreen?.().catch(() => undefined);
  };
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    go(`/?range=${period.range}`);
  };
  return (
    <main id="main" className={isWall ? 'wall' : 'page'}>
      <header className="page-head board-head">
        <div>
          <h1>{title}</h1>
          {board ? (
            <AsOf dataAsOf={board.trend.dataAsOf} isProvisional={board.trend.isProvisional} />
          ) : (
            <p className="as-of">{t('正在取数')}</p>
          )}
        </div>
        {isWall && <WallClock />}
        <div className="board-tools no-print">
          <RangeBar range={period.range} choose={(range) => go(`${path}?range=${range}`)} />
          {isWall ? (
            <button type="button" className="button is-quiet" onClick={leave}>
              {t('退出大屏')}
            </button>
          ) : (
            <button type="button" className="button is-quiet" onClick={fill}>
              {t('全屏')}
            </button>
          )}
        </div>
      </header>
      {fault && (!board || !year) ? (
        <Failure error={fault} retry={lookAgain} />
      ) : !board || !year ? (
        <div className="kpis" aria-busy="true">
          <Skeleton className="is-kpi" count={4} />
          <Skeleton className="is-chart" count={2} />
        </div>
      ) : (
        <>
          {fault && (
            <p className="offline" role="status">
              {t('没有取到新数，先看 {at} 的。', { at: momentOf(board.trend.dataAsOf) })}
            </p>
          )}
          <Kpis board={board} year={year} live={live} period={period} />
          <BoardPanels
            board={board}
            campaigns={year.campaigns.nodes}
            period={period}
            cityCode={cityOf(places)}
            isWall={isWall}
          />
          <Feed live={live} />
        </>
      )}
      {isWall && (
        <p className="hidden">
          <Link href="/">{t('回到交易监测')}</Link>
        </p>
      )}
    </main>
  );
}

/** What is sold now, this year against its target and the last one, where it comes from, and on which way; at a desk, or on a wall. */
export default function Board({ isWall }: { isWall: boolean }) {
  return (
    <Only may="VOLUME_READ">
      <Figures isWall={isWall} />
    </Only>
  );
}
