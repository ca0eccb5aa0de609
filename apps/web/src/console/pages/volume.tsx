import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { dayOf, longDayOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { Only, nameOf, useDesk } from '../desk.js';
import { byFen, changeText, countText, moneyText, percentText, perMille, weightText } from '../figures.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { type Period, isRange, periodOf, wholeMonths } from '../period.js';
import { COUNTIES, COUNTY, SALES } from '../volume.documents.js';
import { AsOf, Page, Path, Section } from '../ui.js';
import { channelWord, factWord, sourceWord } from '../words.js';
import { NothingSold } from './nothing-sold.js';
import { RangeBar } from './range-bar.js';

type CountyAnswer = ResultOf<typeof COUNTY>;

/** How far down one is: a county, then one of its products or sellers, then their sales. */
interface At {
  readonly period: Period;
  readonly county: string | null;
  readonly product: string | null;
  readonly merchant: string | null;
}

const hrefOf = ({ period, county, product, merchant }: At): string => {
  const words = new URLSearchParams({ range: period.range });
  for (const [name, value] of Object.entries({ county, product, merchant }))
    if (value !== null) words.set(name, value);
  return `/volume?${words.toString()}`;
};

/** Of a seller, whole months: they are summed by nothing less. */
const daysOf = ({ period, merchant }: Pick<At, 'period' | 'merchant'>) =>
  merchant === null ? { from: period.from, to: period.to } : wholeMonths(period);

function Counties({ at }: { at: At }) {
  const { period } = at;
  const [{ data, error }, again] = useQuery({
    query: COUNTIES,
    variables: {
      now: { from: period.from, to: period.to },
      before: { from: period.fromBefore, to: period.toBefore },
    },
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const { now, before } = data;
  const beforeOf = new Map(before.rows.map(({ county, recognisedFen }) => [county?.code, recognisedFen]));
  const { totals } = now;
  return (
    <>
      <AsOf dataAsOf={now.dataAsOf} isProvisional={now.isProvisional} />
      <Section title={t('按产地县')} note={t('点县名看产品和商家')}>
        {now.rows.length === 0 ? (
          <Empty icon="leaf" title={t('这段时间没有交易。换个时间范围看看。')} />
        ) : (
          <Table
            caption={t('按产地县')}
            rows={byFen(now.rows)}
            keyOf={({ county }) => county?.code ?? ''}
            columns={[
              {
                name: t('产地'),
                cell: ({ county }) => (
                  <Link href={hrefOf({ ...at, county: county?.code ?? '' })}>{county?.name}</Link>
                ),
              },
              { name: t('认定额'), fen: (row) => row.recognisedFen },
              {
                name: t('占比'),
                isFigure: true,
                cell: (row) => percentText(perMille(row.recognisedFen, totals.recognisedFen)),
              },
              {
                name: t('同比'),
                isFigure: true,
                cell: (row) => changeText(row.recognisedFen, beforeOf.get(row.county?.code) ?? '0'),
              },
              { name: t('支付额'), fen: (row) => row.paidFen },
              { name: t('退款额'), fen: (row) => row.refundedFen },
              { name: t('认定产品'), fen: (row) => row.certifiedFen },
              { name: t('重量'), grams: (row) => row.weightG },
            ]}
            foot={[
              t('合计'),
              totals.recognisedFen,
              percentText(perMille(totals.recognisedFen, totals.recognisedFen)),
              changeText(totals.recognisedFen, before.totals.recognisedFen),
              totals.paidFen,
              totals.refundedFen,
              totals.certifiedFen,
              totals.weightG,
            ]}
          />
        )}
      </Section>
    </>
  );
}

const valueOf = (cells: CountyAnswer['merchants']['rows'][number]['cells'], measure: string): string =>
  cells.find((cell) => cell.measure === measure)?.value ?? '0';

function County({ at, answer }: { at: At; answer: CountyAnswer }) {
  const { products, merchants } = answer;
  return (
    <>
      <AsOf dataAsOf={products.dataAsOf} isProvisional={products.isProvisional} />
      <Section
        title={t('产品')}
        note={t('合计 {money}，{weight}', {
          money: moneyText(products.totals.recognisedFen),
          weight: weightText(products.totals.weightG),
        })}
      >
        {products.rows.length === 0 && <NothingSold />}
        <Table
          caption={t('产品')}
          rows={byFen(products.rows)}
          keyOf={({ product }) => product?.id ?? ''}
          columns={[
            {
              name: t('产品'),
              cell: ({ product }) => (
                <Link href={hrefOf({ ...at, product: product?.id ?? '' })}>{product?.name}</Link>
              ),
            },
            { name: t('认定额'), fen: (row) => row.recognisedFen },
            {
              name: t('占比'),
              isFigure: true,
              cell: (row) => percentText(perMille(row.recognisedFen, products.totals.recognisedFen)),
            },
            { name: t('认定产品'), fen: (row) => row.certifiedFen },
            { name: t('件数'), isFigure: true, cell: (row) => countText(row.quantity) },
            { name: t('重量'), grams: (row) => row.weightG },
          ]}
        />
      </Section>
      <Section
        title={t('商家')}
        note={t('按整月，{from} – {to}；点商家名看每一笔', {
          from: dayOf(wholeMonths(at.period).from),
          to: dayOf(wholeMonths(at.period).to),
        })}
      >
        {merchants.rows.length === 0 && <NothingSold />}
        <Table
          caption={t('商家')}
          rows={merchants.rows}
          keyOf={({ members }) => members[0]?.code ?? ''}
          columns={[
            {
              name: t('商家'),
              cell: ({ members: [member] }) => (
                <Link href={hrefOf({ ...at, merchant: member?.code ?? '' })}>{member?.name}</Link>
              ),
            },
            {
              name: t('认定额'),
              fen: ({ cells }) => valueOf(cells, 'RECOGNISED'),
            },
            {
              name: t('支付额'),
              fen: ({ cells }) => valueOf(cells, 'PAID'),
            },
            {
              name: t('退款额'),
              fen: ({ cells }) => valueOf(cells, 'REFUNDED'),
            },
          ]}
        />
      </Section>
    </>
  );
}

function Sales({
  at: { period, county, product, merchant },
  sellerOf,
  ...place
}: Place & { at: At; sellerOf: (id: string) => string }) {
  const cell = [
    ...(county === null ? [] : [{ dimension: 'ORIGIN_COUNTY', value: county } as const]),
    ...(product === null ? [] : [{ dimension: 'PRODUCT', value: product } as const]),
    ...(merchant === null ? [] : [{ dimension: 'MERCHANT', value: merchant } as const]),
  ];
  const [{ data, error }, again] = useQuery({
    query: SALES,
    variables: { filter: daysOf({ period, merchant }), cell, after: place.after },
  });
  const page = data?.reportDrill;
  return (
    <ListPart
      {...place}
      page={page}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="leaf" title={t('这段时间没有交易。换个时间范围看看。')} />}
    >
      {page && (
        <>
          {place.after === null && (
            <p className="note">
              {t('共 {n} 条记录，认定 {money}，{weight}', {
                n: countText(page.sums.facts),
                money: moneyText(page.sums.recognisedFen),
                weight: weightText(page.sums.weightG),
              })}
            </p>
          )}
          <Table
            caption={t('逐笔')}
            rows={page.nodes}
            keyOf={({ id }) => id}
            columns={[
              { name: t('记账日'), cell: ({ day }) => dayOf(day) },
              { name: t('事项'), cell: ({ key }) => factWord(key) },
              {
                name: t('订单号'),
                cell: ({ sale }) => <span className="code">{sale?.orderNo ?? '—'}</span>,
              },
              { name: t('商家'), cell: ({ merchantId }) => sellerOf(merchantId) },
              { name: t('渠道'), cell: ({ channel }) => channelWord(channel) },
              { name: t('来源'), cell: ({ source }) => sourceWord(source) },
              { name: t('支付额'), fen: ({ sums }) => sums.paidFen },
              { name: t('认定额'), fen: ({ sums }) => sums.recognisedFen },
              { name: t('退款额'), fen: ({ sums }) => sums.refundedFen },
              { name: t('重量'), grams: ({ sums }) => sums.weightG },
            ]}
          />
        </>
      )}
    </ListPart>
  );
}

function Within({ at }: { at: At }) {
  const { places } = useDesk();
  const { period, county } = at;
  const own = places.flatMap((place) => place.counties).find(({ code }) => code === county);
  const months = wholeMonths(period);
  const [{ data, error }, again] = useQuery({
    query: COUNTY,
    variables: {
      now: { from: period.from, to: period.to, countyCodes: county === null ? null : [county] },
      report: {
        ...months,
        members: county === null ? null : [{ dimension: 'ORIGIN_COUNTY', values: [county] }],
      },
      // A province's are too many to be told beforehand.
      withName: county !== null && own === undefined,
    },
  });
  const countyName = own?.name ?? data?.place?.rows[0]?.county?.name ?? county;
  const sellers = new Map(
    data?.merchants.rows.flatMap(({ members: [member] }) => (member ? [[member.code, member.name]] : [])),
  );
  const productName = data?.products.rows.find(({ product }) => product?.id === at.product)?.product?.name;
  const top = { ...at, county: null, product: null, merchant: null };
  const steps = [
    { name: nameOf(places), href: hrefOf(top) },
    ...(county === null ? [] : [{ name: countyName || t('未知产地'), href: hrefOf({ ...top, county }) }]),
    ...(at.product === null ? [] : [{ name: productName ?? t('产品'), href: hrefOf(at) }]),
    ...(at.merchant === null ? [] : [{ name: sellers.get(at.merchant) ?? t('商家'), href: hrefOf(at) }]),
  ];
  const isSales = at.product !== null || at.merchant !== null;
  return (
    <>
      <Path steps={steps} />
      {error && !data ? (
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      ) : !data ? (
        <Skeleton className="is-card" count={3} />
      ) : isSales ? (
        <>
          <AsOf dataAsOf={data.products.dataAsOf} isProvisional={data.products.isProvisional} />
          <Section
            title={t('逐笔')}
            note={t('{from} – {to}；不含任何个人信息', {
              from: dayOf(daysOf(at).from),
              to: dayOf(daysOf(at).to),
            })}
          >
            <List
              key={hrefOf(at)}
              show={(place) => <Sales {...place} at={at} sellerOf={(id) => sellers.get(id) ?? id} />}
            />
          </Section>
        </>
      ) : (
        <County at={at} answer={data} />
      )}
    </>
  );
}

function Drill() {
  const [, go] = useLocation();
  const { places } = useDesk();
  const words = new URLSearchParams(useSearch());
  const range = words.get('range');
  const at: At = {
    period: periodOf(isRange(range) ? range : '30d', today()),
    county: words.get('county'),
    product: words.get('product'),
    merchant: words.get('merchant'),
  };
  const isTop = at.county === null && at.product === null && at.merchant === null;
  return (
    <Page
      title={t('逐级查数')}
      note={`${nameOf(places)} · ${longDayOf(at.period.from)} – ${longDayOf(at.period.to)}`}
      tools={
        <RangeBar
          range={at.period.range}
          choose={(next) => go(hrefOf({ ...at, period: periodOf(next, today()) }))}
        />
      }
    >
      {isTop ? <Counties at={at} /> : <Within at={at} />}
    </Page>
  );
}

/** From a county to its products and sellers, and from those to each sale. */
export default function Volume() {
  return (
    <Only may="VOLUME_READ">
      <Drill />
    </Only>
  );
}
