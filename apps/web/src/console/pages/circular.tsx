import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf, momentOf, monthOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { CIRCULAR } from '../circular.documents.js';
import { Only, nameOf, useDesk } from '../desk.js';
import { byFen, changeText, moneyText, percentText, perMille } from '../figures.js';
import { wholeMonths, yearBefore } from '../period.js';
import { useTitle } from '../title.js';
import { channelWord, closeWord } from '../words.js';
import Missing from './missing.js';

type Answer = ResultOf<typeof CIRCULAR>;
type Cells = Answer['month']['totals'];

const fenOf = (cells: Cells | undefined, measure: Cells[number]['measure']): string =>
  cells?.find((cell) => cell.measure === measure)?.value ?? '0';

/** Counties of the month and of the year before it: who sold nothing this month may have sold in another. */
function rowsOf({ month, year }: Answer) {
  const ofMonth = new Map(month.rows.map((row) => [row.members[0]?.code ?? '', row]));
  const named = new Map(
    [...month.rows, ...year.rows].map(({ members: [county] }) => [county?.code ?? '', county?.name ?? '']),
  );
  const ofYear = new Map(year.rows.map((row) => [row.members[0]?.code ?? '', row]));
  return [...named].map(([code, name]) => ({
    code,
    name,
    rank: ofMonth.get(code)?.rank ?? null,
    fen: fenOf(ofMonth.get(code)?.cells, 'RECOGNISED'),
    before: fenOf(ofMonth.get(code)?.before, 'RECOGNISED'),
    certified: fenOf(ofMonth.get(code)?.cells, 'CERTIFIED'),
    year: fenOf(ofYear.get(code)?.cells, 'RECOGNISED'),
    yearBefore: fenOf(ofYear.get(code)?.before, 'RECOGNISED'),
  }));
}

/** As many as a reader takes in; what is left is one line, so that the column adds up. */
const PRODUCTS = 20;

interface ProductRow {
  readonly id: string;
  readonly name: string;
  readonly recognisedFen: string;
  readonly beforeFen: string;
  readonly weightG: number;
}

function productsOf({ products, productsBefore }: Answer): readonly ProductRow[] {
  const before = new Map(
    productsBefore.rows.map(({ product, recognisedFen }) => [product?.id ?? '', recognisedFen]),
  );
  const all = byFen(
    products.rows
      .filter(({ recognisedFen }) => recognisedFen !== '0')
      .map(({ product, recognisedFen, weightG }) => ({
        id: product?.id ?? '',
        name: product?.name ?? t('未知'),
        recognisedFen,
        beforeFen: before.get(product?.id ?? '') ?? '0',
        weightG,
      })),
  );
  const rest = all.slice(PRODUCTS);
  const sum = (of: (row: ProductRow) => string) =>
    String(rest.reduce((fen, row) => fen + BigInt(of(row)), 0n));
  return rest.length === 0
    ? all
    : [
        ...all.slice(0, PRODUCTS),
        {
          id: 'rest',
          name: t('其余 {n} 种', { n: rest.length }),
          recognisedFen: sum((row) => row.recognisedFen),
          beforeFen: sum((row) => row.beforeFen),
          weightG: rest.reduce((grams, row) => grams + row.weightG, 0),
        },
      ];
}

function Products({ answer }: { answer: Answer }) {
  const rows = productsOf(answer);
  if (rows.length === 0) return <p className="sheet-text">{t('本月没有认定的交易。')}</p>;
  return (
    <Table
      caption={t('产品情况')}
      rows={rows.map((row, index) => ({ ...row, rank: row.id === 'rest' ? '—' : String(index + 1) }))}
      keyOf={({ id }) => id}
      columns={[
        { name: t('名次'), cell: ({ rank }) => rank },
        { name: t('产品'), cell: ({ name }) => name },
        { name: t('本月认定额'), fen: ({ recognisedFen }) => recognisedFen },
        {
          name: t('同比'),
          isFigure: true,
          cell: ({ recognisedFen, beforeFen }) => changeText(recognisedFen, beforeFen),
        },
        { name: t('重量'), grams: ({ weightG }) => weightG },
      ]}
    />
  );
}

function Channels({ answer: { channels, channelsBefore }, total }: { answer: Answer; total: string }) {
  const before = new Map(channelsBefore.rows.map(({ channel, recognisedFen }) => [channel, recognisedFen]));
  const rows = byFen(channels.rows.filter(({ recognisedFen }) => recognisedFen !== '0'));
  if (rows.length === 0) return <p className="sheet-text">{t('本月没有认定的交易。')}</p>;
  return (
    <Table
      caption={t('渠道情况')}
      rows={rows}
      keyOf={({ channel }) => channel ?? ''}
      columns={[
        { name: t('渠道'), cell: ({ channel }) => channelWord(channel ?? 'UNKNOWN') },
        { name: t('本月认定额'), fen: ({ recognisedFen }) => recognisedFen },
        {
          name: t('同比'),
          isFigure: true,
          cell: ({ channel, recognisedFen }) => changeText(recognisedFen, before.get(channel) ?? '0'),
        },
        {
          name: t('占比'),
          isFigure: true,
          cell: ({ recognisedFen }) => percentText(perMille(recognisedFen, total)),
        },
      ]}
    />
  );
}

function Sheet({ answer, first }: { answer: Answer; first: string }) {
  const { places } = useDesk();
  const { month, year, monthClose } = answer;
  const place = nameOf(places);
  const total = fenOf(month.totals, 'RECOGNISED');
  const certified = fenOf(month.totals, 'CERTIFIED');
  const before = fenOf(month.before?.totals, 'RECOGNISED');
  const yearTotal = fenOf(year.totals, 'RECOGNISED');
  const yearBefore = fenOf(year.before?.totals, 'RECOGNISED');
  const { from, to } = wholeMonths({ from: first, to: first });
  return (
    <article className="sheet">
      <h1>{t('{place}消费帮扶交易情况通报', { place })}</h1>
      <p className="sheet-month">{t('（{month}）', { month: monthOf(first) })}</p>
      <p className="sheet-state">
        <span>{t('统计期：{from} – {to}', { from: longDayOf(from), to: longDayOf(to) })}</span>
        <span>{t('数据截至 {at}', { at: momentOf(month.dataAsOf) })}</span>
        <b>
          {month.isProvisional
            ? t('暂定数：本月还没有锁定，仍会变动')
            : t('{state}的数', { state: monthClose ? closeWord(monthClose.state) : closeWord('LOCKED') })}
        </b>
      </p>
      <h2>{t('一、总体情况')}</h2>
      <p className="sheet-text">
        {t(
          '{month}，{place}认定交易额 {total}，同比 {change}；其中认定产品 {certified}，占 {share}。本年累计 {year}，同比 {yearChange}。',
          {
            month: monthOf(first),
            place,
            total: moneyText(total),
            change: changeText(total, before),
            certified: moneyText(certified),
            share: percentText(perMille(certified, total)),
            year: moneyText(yearTotal),
            yearChange: changeText(yearTotal, yearBefore),
          },
        )}
      </p>
      <h2>{t('二、分县情况')}</h2>
      <Table
        caption={t('分县情况')}
        rows={rowsOf(answer)}
        keyOf={({ code }) => code}
        columns={[
          { name: t('名次'), cell: ({ rank }) => rank ?? '—' },
          { name: t('产地县'), cell: ({ name }) => name },
          { name: t('本月认定额'), fen: ({ fen }) => fen },
          { name: t('同比'), isFigure: true, cell: ({ fen, before: then }) => changeText(fen, then) },
          { name: t('其中认定产品'), fen: (row) => row.certified },
          { name: t('占比'), isFigure: true, cell: ({ fen }) => percentText(perMille(fen, total)) },
          { name: t('本年累计'), fen: (row) => row.year },
          {
            name: t('累计同比'),
            isFigure: true,
            cell: (row) => changeText(row.year, row.yearBefore),
          },
        ]}
        foot={[
          '',
          t('合计'),
          total,
          changeText(total, before),
          certified,
          percentText(perMille(total, total)),
          yearTotal,
          changeText(yearTotal, yearBefore),
        ]}
      />
      <h2>{t('三、产品情况')}</h2>
      <Products answer={answer} />
      <h2>{t('四、渠道情况')}</h2>
      <Channels answer={answer} total={total} />
      {month.errata.length > 0 && (
        <>
          <h2>{t('五、更正')}</h2>
          {month.errata.map(({ id, month: of, number, reason, publishedFen, correctFen }) => (
            <p key={id} className="sheet-text">
              {of.slice(0, 7)} {number}: {moneyText(publishedFen)} → {moneyText(correctFen)} · {reason}
            </p>
          ))}
        </>
      )}
      <p className="sheet-note">
        {t('说明：认定交易额为已签收减退款和冲销，不足末位的舍去；{notes}线下申报不计入。', {
          notes: month.definition.notes,
        })}
        {monthClose?.contentHash && ` SHA-256 ${monthClose.contentHash}`}
      </p>
      <dl className="sheet-signs">
        {[t('制表'), t('审核'), t('签发')].map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd />
          </div>
        ))}
      </dl>
      <p className="sheet-end">
        {t('（单位盖章）')}
        <br />
        {longDayOf(today())}
      </p>
    </article>
  );
}

function Circular({ month }: { month: string }) {
  const first = `${month}-01`;
  useTitle(t('月度通报'));
  const [{ data, error }, again] = useQuery({
    query: CIRCULAR,
    variables: {
      day: first,
      month: wholeMonths({ from: first, to: first }),
      year: wholeMonths({ from: `${first.slice(0, 4)}-01-01`, to: first }),
      now: wholeMonths({ from: first, to: first }),
      before: wholeMonths({ from: yearBefore(first), to: yearBefore(first) }),
    },
  });
  return (
    <main id="main" className="page">
      <div className="files no-print">
        <Link className="button is-quiet" href={`/months/${month}`}>
          {t('回到关账')}
        </Link>
        <button type="button" className="button" disabled={!data} onClick={() => print()}>
          {t('打印')}
        </button>
        <small>{t('A4 纸，不带菜单；签名处留空')}</small>
      </div>
      {error && !data ? (
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      ) : data ? (
        <Sheet answer={data} first={first} />
      ) : (
        <Skeleton className="is-card" count={3} />
      )}
    </main>
  );
}

const MONTH_WORD = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A month as it is sent round on paper. */
export default function CircularPage({ month }: { month: string }) {
  if (!MONTH_WORD.test(month)) return <Missing />;
  return (
    <Only may="VOLUME_READ">
      <Circular month={month} />
    </Only>
  );
}
