import type { ResultOf } from 'gql.tada';
import { Link } from 'wouter';
import { longDayOf, monthOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Panel } from '../charts/panel.js';
import { Rank } from '../charts/rank.js';
import { type Column, Table } from '../charts/table.js';
import { Trend } from '../charts/trend.js';
import { bpsText, changeText, countText, drawnIn, moneyText, weightText } from '../figures.js';
import type { REPORT } from '../report.documents.js';
import { type Asked, type Definition, type Dimension, hrefOf, isTime } from '../report-ask.js';
import { comparisonWord, dimensionWord } from '../report-words.js';

export type Answer = ResultOf<typeof REPORT>['report'];
type Row = Answer['rows'][number];
type Cell = Row['cells'][number];
type Measure = Definition['measures'][number];

/** As many as can be taken in at a glance; the table has all of them. */
const DRAWN = 20;

const isMoney = ({ unit }: Measure): boolean =>
  unit === 'FEN' || unit === 'FEN_PER_DAY' || unit === 'FEN_PER_500_GRAM';

function valueText(measure: Measure, value: string): string {
  if (isMoney(measure)) return moneyText(value);
  if (measure.unit === 'GRAM') return weightText(Number(value));
  if (measure.unit === 'RATE') return bpsText(Number(value));
  if (measure.unit === 'COUNT') return countText(Number(value));
  const hundredths = (Number(value) / 100).toFixed(2);
  return measure.unit === 'HOUR' ? t('{n} 小时', { n: hundredths }) : hundredths;
}

const cellText = (measure: Measure, cell: Cell | undefined): string => {
  if (cell?.noData === 'NO_SOURCE') return t('无来源');
  return cell?.value === null || cell === undefined ? '—' : valueText(measure, cell.value);
};

export function memberText(dimension: Dimension, { code, name }: { code: string; name: string }): string {
  if (!isTime(dimension) || code === '') return name;
  if (dimension === 'YEAR') return code.slice(0, 4);
  if (dimension === 'DAY') return longDayOf(code);
  return dimension === 'WEEK' ? t('{day}起一周', { day: longDayOf(code) }) : monthOf(code);
}

export const rowText = ({ members }: Pick<Row, 'members'>): string =>
  members.map((member) => memberText(member.dimension, member)).join(' · ');

interface Props {
  readonly definition: Definition;
  readonly asked: Asked;
  readonly answer: Answer;
  readonly comparison: Asked['comparison'];
}

const drillOf = ({ definition, asked }: Props, { members }: Row): string | null =>
  definition.isOfFacts
    ? hrefOf(definition, {
        ...asked,
        cell: members.map(({ dimension, code }) => ({ dimension, value: code })),
      })
    : null;

function Compared({ measure, row, index }: { measure: Measure; row: Row; index: number }) {
  const [now, before] = [row.cells[index]?.value ?? null, row.before[index]?.value ?? null];
  if (before === null) return <small className="cell-note">—</small>;
  return (
    <small className="cell-note">
      {valueText(measure, before)} {now !== null && changeText(now, before)}
    </small>
  );
}

function measureColumn(measure: Measure, index: number, isCompared: boolean): Column<Row> {
  const { name } = measure;
  const note = isCompared
    ? { note: (row: Row) => <Compared measure={measure} row={row} index={index} /> }
    : {};
  if (isMoney(measure)) return { name, fen: ({ cells }) => cells[index]?.value ?? null, ...note };
  if (measure.unit === 'GRAM')
    return {
      name,
      grams: ({ cells: { [index]: cell } }) => (cell?.value ? Number(cell.value) : null),
      ...note,
    };
  return { name, isFigure: true, cell: ({ cells }) => cellText(measure, cells[index]), ...note };
}

function totalOf(measure: Measure, cell: Cell | undefined): string | number | null {
  if (isMoney(measure)) return cell?.value ?? null;
  if (measure.unit === 'GRAM') return cell?.value ? Number(cell.value) : null;
  return cellText(measure, cell);
}

function Rows(props: Props) {
  const { definition, answer, comparison } = props;
  const { groupBy, rows, totals } = answer;
  const isRanked = rows.some(({ rank }) => rank !== null);
  const members = groupBy.map((dimension, index): Column<Row> => ({
    name: dimensionWord(dimension),
    cell: (row) => {
      const member = row.members[index];
      const text = member ? memberText(dimension, member) : '';
      const href = index === 0 ? drillOf(props, row) : null;
      return href === null ? text : <Link href={href}>{text}</Link>;
    },
  }));
  const before = groupBy.map((_, index) => (index === 0 ? t('合计') : ''));
  return (
    <Table
      caption={definition.title}
      rows={rows}
      keyOf={({ members: all }) => JSON.stringify(all.map(({ code }) => code))}
      columns={[
        ...(isRanked ? [{ name: t('名次'), cell: ({ rank }: Row) => rank ?? '—' }] : []),
        ...(members.length === 0 ? [{ name: t('范围'), cell: () => t('合计') }] : members),
        ...definition.measures.map((measure, index) => measureColumn(measure, index, comparison !== null)),
      ]}
      {...(members.length === 0
        ? {}
        : {
            foot: [
              ...(isRanked ? [''] : []),
              ...before,
              ...definition.measures.map((measure, index) => totalOf(measure, totals[index])),
            ],
          })}
    />
  );
}

function Drawing(props: Props & { measure: Measure; at: number }) {
  const { answer, measure, at } = props;
  const { rows, groupBy } = answer;
  const figures = rows.flatMap((row) => {
    const value = row.cells[at]?.value ?? null;
    return value === null ? [] : [{ row, value }];
  });
  if (figures.length === 0) return <p className="note">{t('这项指标在这段时间没有数据。')}</p>;
  const unit = isMoney(measure) ? drawnIn(figures.map(({ value }) => value)).fen : 1;
  const [dimension] = groupBy;
  if (groupBy.length === 1 && dimension && isTime(dimension)) {
    const points = figures.map(({ row, value }) => ({
      label: rowText(row),
      now: Number(value) / unit,
      before: null,
      nowText: valueText(measure, value),
      beforeText: '',
    }));
    return <Trend points={points} marks={[]} summary={`${measure.name} ${points.length}`} />;
  }
  const sorted = [...figures].sort((a, b) => Number(b.value) - Number(a.value)).slice(0, DRAWN);
  const highest = Math.max(1, ...sorted.map(({ value }) => Number(value)));
  return (
    <Rank
      heads={[measure.name]}
      rows={sorted.map(({ row, value }) => ({
        key: rowText(row),
        name: rowText(row),
        href: drillOf(props, row),
        share: (Number(value) / highest) * 100,
        figures: [valueText(measure, value)],
      }))}
    />
  );
}

/** One report: its rows, and any measure of them drawn. */
export function ReportPanels(
  props: Props & { measure: Measure['id'] | null; choose: (measure: Measure['id']) => void },
) {
  const { definition, answer, comparison, measure: wanted, choose } = props;
  const drawable = definition.measures.filter(({ missing }) => missing === null);
  const measure = drawable.find(({ id }) => id === wanted) ?? drawable[0];
  const note =
    comparison !== null && answer.before
      ? t('小字为{comparison} {from} – {to} 及增减', {
          comparison: comparisonWord(comparison),
          from: longDayOf(answer.before.from),
          to: longDayOf(answer.before.to),
        })
      : t('“—”表示没有数据，不是零');
  return (
    <>
      {answer.groupBy.length > 0 && measure && (
        <Panel
          title={measure.name}
          note={t('前 {n} 项；全部见下表', { n: DRAWN })}
          views={[
            {
              name: t('图'),
              show: () => (
                <>
                  {drawable.length > 1 && (
                    <label className="field is-narrow no-print">
                      <span>{t('画哪项指标')}</span>
                      <select
                        value={measure.id}
                        onChange={(event) => {
                          const next = drawable.find(({ id }) => id === event.currentTarget.value);
                          if (next) choose(next.id);
                        }}
                      >
                        {drawable.map(({ id, name }) => (
                          <option key={id} value={id}>
                            {name}
                          </option>
                        ))}
                      </select>
                    </label>
                  )}
                  <Drawing {...props} measure={measure} at={definition.measures.indexOf(measure)} />
                </>
              ),
            },
          ]}
        />
      )}
      <section className="panel">
        <header className="panel-head">
          <h2>{t('数据表')}</h2>
          <p>{note}</p>
        </header>
        <Rows {...props} />
      </section>
    </>
  );
}
