import type { ResultOf } from 'gql.tada';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { dayOf, monthNameOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Link } from 'wouter';
import { type CountyFigure, CountyMapDrawing, CountyTiles } from '../charts/county-map.js';
import { Panel } from '../charts/panel.js';
import { Rank } from '../charts/rank.js';
import { Ring } from '../charts/ring.js';
import { Table } from '../charts/table.js';
import { Trend, type TrendMark } from '../charts/trend.js';
import { useDesk } from '../desk.js';
import {
  byFen,
  changeText,
  drawnIn,
  massColumn,
  money,
  moneyColumn,
  moneyText,
  perMille,
  percentText,
} from '../figures.js';
import { type Period, periodText, stepsOf, yearBefore } from '../period.js';
import { type BOARD, COUNTY_MAP, type YEAR } from '../volume.documents.js';
import { channelWord } from '../words.js';
import { NothingSold } from './nothing-sold.js';

export type BoardAnswer = ResultOf<typeof BOARD>;

/** As many as can be taken in at a glance; the table beside has all of them. */
const RANKED = 9;
/** Names of what was called for would lie upon each other. */
const MARKS = 3;
const WIDE = 820;

type Campaign = ResultOf<typeof YEAR>['campaigns']['nodes'][number];

interface Props {
  readonly board: BoardAnswer;
  readonly period: Period;
  readonly isWall: boolean;
}

const drillHref = (period: Period, members: Readonly<Record<string, string>>): string =>
  `/volume?${new URLSearchParams({ range: period.range, ...members }).toString()}`;

function TrendPanel({
  board: { trend, trendBefore },
  campaigns,
  period,
  isWall,
}: Props & { campaigns: readonly Campaign[] }) {
  const isByDay = period.axis === 'DAY';
  const byStep = (rows: BoardAnswer['trend']['rows']) =>
    new Map(rows.map(({ day, month, recognisedFen }) => [day ?? month ?? '', recognisedFen]));
  const steps = stepsOf(period);
  const [now, before] = [byStep(trend.rows), byStep(trendBefore.rows)];
  const labelOf = (step: string) =>
    isByDay ? `${Number(step.slice(5, 7))}/${Number(step.slice(8))}` : monthNameOf(step);
  const unit = drawnIn([...now.values(), ...before.values()]);
  const points = steps.map((step) => {
    const nowFen = now.get(step) ?? '0';
    const beforeFen = before.get(yearBefore(step)) ?? '0';
    return {
      label: labelOf(step),
      now: Number(nowFen) / unit.fen,
      before: Number(beforeFen) / unit.fen,
      nowFen,
      beforeFen,
      nowText: moneyText(nowFen),
      beforeText: moneyText(beforeFen),
    };
  });
  const marks = campaigns
    .filter(({ startsOn }) => startsOn >= period.from && startsOn <= period.to)
    .slice(0, MARKS)
    .flatMap(({ name, startsOn }): TrendMark[] => {
      const at = steps.filter((step) => step <= startsOn).length - 1;
      return at < 0 ? [] : [{ at, name: `${name} ${dayOf(startsOn)}` }];
    });
  const summary = t('{n} 个时点的认定交易额与上年同期，合计 {total}', {
    n: points.length,
    total: moneyText(trend.totals.recognisedFen),
  });
  return (
    <Panel
      className="is-trend"
      title={t('认定交易额走势')}
      note={t('{unit} / {step} · {period}', {
        unit: unit.name,
        step: isByDay ? t('日') : t('月'),
        period: periodText(period),
      })}
      views={[
        {
          name: t('图'),
          show: () => <Trend points={points} marks={marks} summary={summary} height={isWall ? 240 : 300} />,
        },
        {
          name: t('表'),
          show: () => (
            <Table
              caption={t('认定交易额走势')}
              rows={[...points].reverse()}
              keyOf={({ label }) => label}
              columns={[
                { name: isByDay ? t('日') : t('月'), cell: ({ label }) => label },
                { name: t('本期'), fen: ({ nowFen }) => nowFen },
                { name: t('上年同期'), fen: ({ beforeFen }) => beforeFen },
                {
                  name: t('同比'),
                  isFigure: true,
                  cell: ({ nowFen, beforeFen }) => changeText(nowFen, beforeFen),
                },
              ]}
            />
          ),
        },
      ]}
    />
  );
}

interface CountyRow {
  readonly code: string;
  readonly name: string;
  readonly recognisedFen: string;
  readonly beforeFen: string;
  readonly weightG: number;
}

function countiesOf(board: BoardAnswer, own: readonly { code: string; name: string }[]): CountyRow[] {
  const before = new Map(
    board.countiesBefore.rows.map(({ county, recognisedFen }) => [county?.code ?? '', recognisedFen]),
  );
  const rows = board.counties.rows.map(({ county, recognisedFen, weightG }) => ({
    code: county?.code ?? '',
    name: county?.name ?? '',
    recognisedFen,
    beforeFen: before.get(county?.code ?? '') ?? '0',
    weightG,
  }));
  // A county that has sold nothing is in no sum, and is here with nought all the same.
  const silent = own
    .filter(({ code }) => rows.every((row) => row.code !== code))
    .map(({ code, name }) => ({
      code,
      name,
      recognisedFen: '0',
      beforeFen: before.get(code) ?? '0',
      weightG: 0,
    }));
  return byFen([...rows, ...silent]);
}

function CountyTable({ rows, total, period }: { rows: readonly CountyRow[]; total: string; period: Period }) {
  return (
    <Table
      caption={t('分县认定交易额')}
      rows={rows}
      keyOf={({ code }) => code}
      columns={[
        {
          name: t('产地'),
          cell: ({ code, name }) => <Link href={drillHref(period, { county: code })}>{name}</Link>,
        },
        { name: t('认定额'), fen: ({ recognisedFen }) => recognisedFen },
        {
          name: t('占比'),
          isFigure: true,
          cell: ({ recognisedFen }) => percentText(perMille(recognisedFen, total)),
        },
        { name: t('重量'), grams: ({ weightG }) => weightG },
        {
          name: t('同比'),
          isFigure: true,
          cell: ({ recognisedFen, beforeFen }) => changeText(recognisedFen, beforeFen),
        },
      ]}
    />
  );
}

function MapPanel({
  board,
  period,
  rows,
  cityCode,
}: Omit<Props, 'isWall'> & { rows: readonly CountyRow[]; cityCode: string | null }) {
  const [{ data }] = useQuery({
    query: COUNTY_MAP,
    variables: { cityCode: cityCode ?? '' },
    pause: cityCode === null,
  });
  const map = data?.countyMap ?? null;
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const figureOf = (code: string): CountyFigure | null => {
    const fen = byCode.get(code)?.recognisedFen;
    if (fen === undefined) return null;
    return { value: Number(fen), text: moneyText(fen), href: drillHref(period, { county: code }) };
  };
  const total = board.trend.totals.recognisedFen;
  const table = { name: t('表格'), show: () => <CountyTable rows={rows} total={total} period={period} /> };
  const legend = (
    <p className="map-legend">
      {t('低')}
      {Array.from({ length: 6 }, (_, shade) => (
        <i key={shade} className={`shade-${shade}`} />
      ))}
      {t('高')}
      <span>{t('示意图，不作为划界依据')}</span>
    </p>
  );
  const views = map
    ? [
        {
          name: t('地图'),
          show: () => (
            <>
              <CountyMapDrawing map={map} figureOf={figureOf} height={560} />
              {legend}
            </>
          ),
        },
        {
          name: t('格网'),
          show: () => (
            <>
              <CountyTiles map={map} figureOf={figureOf} />
              {legend}
            </>
          ),
        },
        table,
      ]
    : [table];
  return (
    <Panel
      className="is-map"
      title={t('产地分布')}
      note={t('认定交易额 · {period}', { period: periodText(period) })}
      views={views}
      first={map && innerWidth < WIDE ? 1 : 0}
    />
  );
}

/** Of two amounts, as hundredths, for the length of a bar. */
const barOf = (fen: string, highest: string): number => (perMille(fen, highest) ?? 0) / 10;

const ofSome = (rows: readonly unknown[], show: () => ReactNode) => () =>
  rows.length === 0 ? <NothingSold /> : show();

/** What a period comes to, along each axis that officials ask for. */
export function BoardPanels(props: Props & { cityCode: string | null; campaigns: readonly Campaign[] }) {
  const { board, period, isWall } = props;
  const { places } = useDesk();
  const counties = countiesOf(
    board,
    places.flatMap((place) => place.counties),
  );
  const products = byFen(board.products.rows).map(({ product, recognisedFen, weightG }) => ({
    id: product?.id ?? '',
    name: product?.name ?? '',
    recognisedFen,
    weightG,
  }));
  const channels = byFen(board.channels.rows).map(({ channel, recognisedFen }) => ({
    name: channelWord(channel ?? 'UNKNOWN'),
    recognisedFen,
  }));
  const ahead = counties.slice(0, RANKED);
  const best = products.slice(0, isWall ? 8 : RANKED);
  const ranked = moneyColumn(ahead.map(({ recognisedFen }) => recognisedFen));
  const sold = moneyColumn(best.map(({ recognisedFen }) => recognisedFen));
  const weighed = massColumn(best.map(({ weightG }) => weightG));
  const total = board.trend.totals.recognisedFen;
  const whole = money(total);
  return (
    <div className="board">
      <TrendPanel {...props} />
      <MapPanel board={board} period={period} cityCode={props.cityCode} rows={counties} />
      <Panel
        className="is-counties"
        title={t('县域排行')}
        note={t('认定额 · 同比')}
        views={[
          {
            name: t('图'),
            show: () => (
              <Rank
                heads={[ranked.unit, t('同比')]}
                rows={ahead.map(({ code, name, recognisedFen, beforeFen }) => ({
                  key: code,
                  name,
                  href: drillHref(period, { county: code }),
                  share: barOf(recognisedFen, counties[0]?.recognisedFen ?? '0'),
                  figures: [ranked.text(recognisedFen), changeText(recognisedFen, beforeFen)],
                }))}
              />
            ),
          },
        ]}
      />
      <Panel
        className="is-channels"
        title={t('渠道构成')}
        note={t('认定额 · {period}', { period: periodText(period) })}
        views={[
          {
            name: t('图'),
            show: ofSome(channels, () => (
              <Ring
                total={whole.value}
                unit={whole.unit}
                shares={channels.map(({ name, recognisedFen }) => ({
                  name,
                  value: Number(recognisedFen),
                  text: moneyText(recognisedFen),
                  percent: percentText(perMille(recognisedFen, total)),
                }))}
              />
            )),
          },
          {
            name: t('表'),
            show: ofSome(channels, () => (
              <Table
                caption={t('渠道构成')}
                rows={channels}
                keyOf={({ name }) => name}
                columns={[
                  { name: t('渠道'), cell: ({ name }) => name },
                  {
                    name: t('认定额'),
                    fen: ({ recognisedFen }) => recognisedFen,
                  },
                  {
                    name: t('占比'),
                    isFigure: true,
                    cell: ({ recognisedFen }) => percentText(perMille(recognisedFen, total)),
                  },
                ]}
              />
            )),
          },
        ]}
      />
      <Panel
        className="is-products"
        title={t('产品排行')}
        note={t('认定额 · 认定重量')}
        views={[
          {
            name: t('图'),
            show: ofSome(products, () => (
              <Rank
                heads={[sold.unit, weighed.unit]}
                rows={best.map(({ id, name, recognisedFen, weightG }) => ({
                  key: id,
                  name,
                  href: drillHref(period, { product: id }),
                  share: barOf(recognisedFen, products[0]?.recognisedFen ?? '0'),
                  figures: [sold.text(recognisedFen), weighed.text(weightG)],
                }))}
              />
            )),
          },
          {
            name: t('表'),
            show: ofSome(products, () => (
              <Table
                caption={t('产品排行')}
                rows={products}
                keyOf={({ id }) => id}
                columns={[
                  {
                    name: t('产品'),
                    cell: ({ id, name }) => <Link href={drillHref(period, { product: id })}>{name}</Link>,
                  },
                  {
                    name: t('认定额'),
                    fen: ({ recognisedFen }) => recognisedFen,
                  },
                  { name: t('重量'), grams: ({ weightG }) => weightG },
                ]}
              />
            )),
          },
        ]}
      />
    </div>
  );
}
