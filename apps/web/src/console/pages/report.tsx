import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { longDayOf, today } from '../../shared/dates.js';
import { takeFile } from '../../shared/files.js';
import type { Refusal } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { Only, nameOf, useDesk } from '../desk.js';
import { listed, moneyText } from '../figures.js';
import { REPORT, REPORTS } from '../report.documents.js';
import {
  type Asked,
  type Definition,
  type Dimension,
  SPANS,
  askedOf,
  comparedWith,
  daysOf,
  fileOf,
  filterOf,
  hrefOf,
} from '../report-ask.js';
import { comparisonWord, dimensionWord, spanWord } from '../report-words.js';
import { AsOf, Facts as Pairs, Page, Path, Section } from '../ui.js';
import Missing from './missing.js';
import { Facts } from './report-facts.js';
import { type Answer, ReportPanels } from './report-table.js';

interface Props {
  readonly definition: Definition;
  readonly asked: Asked;
}

const COMPARISONS = ['PREVIOUS_PERIOD', 'SAME_PERIOD_LAST_YEAR'] as const;

/** One's own counties, by which this report can be narrowed; none where there is nothing to choose. */
function useCounties({ dimensions, scopeBy }: Definition) {
  const { places } = useDesk();
  const counties = places.flatMap((place) => place.counties);
  return dimensions.includes(scopeBy) && counties.length > 1 ? counties : [];
}

function Choice({ definition, asked }: Props) {
  const [, go] = useLocation();
  const counties = useCounties(definition);
  const groupBy = asked.groupBy ?? definition.groupBy;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = new FormData(event.currentTarget);
    const word = (name: string) => {
      const value = words.get(name);
      return typeof value === 'string' ? value : '';
    };
    const by = [word('first'), word('second')].flatMap(
      (each) => definition.dimensions.find((d) => d === each) ?? [],
    );
    go(
      hrefOf(definition, {
        from: word('from'),
        to: word('to'),
        groupBy: by,
        comparison: COMPARISONS.find((each) => each === word('vs')) ?? null,
        county: word('county') || null,
        cell: null,
      }),
    );
  };
  const dimension = (name: string, label: string, chosen: Dimension | undefined) => (
    <label className="field">
      <span>{label}</span>
      <select name={name} defaultValue={chosen ?? ''}>
        <option value="">{t('不分')}</option>
        {definition.dimensions.map((each) => (
          <option key={each} value={each}>
            {dimensionWord(each)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form className="panel choice no-print" onSubmit={submit}>
      <div className="segments" role="group" aria-label={t('时间范围')}>
        {SPANS.map((span) => {
          const days = daysOf(span, today());
          return (
            <button
              key={span}
              type="button"
              aria-pressed={days.from === asked.from && days.to === asked.to}
              onClick={() => go(hrefOf(definition, { ...asked, ...days, cell: null }))}
            >
              {spanWord(span)}
            </button>
          );
        })}
      </div>
      <label className="field">
        <span>{t('从')}</span>
        <input type="date" name="from" required defaultValue={asked.from} />
      </label>
      <label className="field">
        <span>{t('到')}</span>
        <input type="date" name="to" required defaultValue={asked.to} />
      </label>
      {counties.length > 0 && (
        <label className="field">
          <span>{dimensionWord(definition.scopeBy)}</span>
          <select name="county" defaultValue={asked.county ?? ''}>
            <option value="">{t('全部')}</option>
            {counties.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {dimension('first', t('分组'), groupBy[0])}
      {definition.dimensions.length > 1 && dimension('second', t('再分'), groupBy[1])}
      <label className="field">
        <span>{t('比较')}</span>
        <select name="vs" defaultValue={asked.comparison ?? ''}>
          <option value="">{t('不比较')}</option>
          {COMPARISONS.map((each) => (
            <option key={each} value={each}>
              {comparisonWord(each)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button">
        {t('查看')}
      </button>
    </form>
  );
}

function Files({ definition, asked }: Props) {
  const { may } = useDesk();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (!may('REPORT_EXPORT'))
    return <p className="note no-print">{t('导出由统计员等岗位办；您可以查看和打印。')}</p>;
  const take = (format: 'csv' | 'xlsx') => {
    setBusy(true);
    void takeFile(fileOf(definition, asked, format)).then((refused) => {
      setRefusal(refused);
      setBusy(false);
    });
  };
  return (
    <div className="files no-print">
      {(['xlsx', 'csv'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="button is-quiet"
          disabled={isBusy}
          onClick={() => take(format)}
        >
          {format === 'xlsx' ? t('导出表格（XLSX）') : t('导出文本（CSV）')}
        </button>
      ))}
      <small>{t('文件里有您的编号和内容摘要，导出记在审计日志里')}</small>
      <RefusalNote refusal={refusal} />
    </div>
  );
}

function About({ definition }: { definition: Definition }) {
  const missing = definition.measures.filter((measure) => measure.missing !== null);
  return (
    <Section title={t('口径')} note={t('哪些计入、哪些不计入')}>
      <Pairs
        rows={[
          [t('计算'), definition.formula],
          [t('口径说明'), definition.notes],
          ...missing.map(
            ({ name, missing: why }) => [name, t('没有来源：{why}', { why: why ?? '' })] as const,
          ),
        ]}
      />
    </Section>
  );
}

/** What was wrong in a month that has been published goes along with every figure of it. */
function Errata({ errata }: Pick<Answer, 'errata'>) {
  if (errata.length === 0) return null;
  return (
    <Section title={t('更正')} note={t('已公布的月份里有过的错误')}>
      <ul className="checks">
        {errata.map(({ id, number, month, reason, publishedFen, correctFen }) => (
          <li key={id}>
            <b>
              {month.slice(0, 7)} {number}
            </b>
            <span>
              {moneyText(publishedFen)} → {moneyText(correctFen)}
            </span>
            <small>{reason}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Body({ definition, asked }: Props) {
  const [measure, choose] = useState<Definition['measures'][number]['id'] | null>(null);
  const groupBy = asked.groupBy ?? definition.groupBy;
  const comparison = comparedWith(groupBy, asked);
  const [{ data, error, fetching }, again] = useQuery({
    query: REPORT,
    variables: { id: definition.id, filter: filterOf(definition, asked), groupBy: [...groupBy], comparison },
  });
  if (error) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data || fetching) return <Skeleton className="is-card" count={3} />;
  const { report: answer } = data;
  return (
    <>
      <AsOf dataAsOf={answer.dataAsOf} isProvisional={answer.isProvisional} />
      <Files definition={definition} asked={asked} />
      {definition.isOfFacts && (
        <p className="note no-print">
          <Link className="inline" href={hrefOf(definition, { ...asked, cell: [] })}>
            {t('看合计的逐笔')}
          </Link>
        </p>
      )}
      {answer.rows.length === 0 ? (
        <Empty icon="leaf" title={t('这段时间没有记录。换个时间或分组看看。')} />
      ) : (
        <ReportPanels
          definition={definition}
          asked={asked}
          answer={answer}
          comparison={comparison}
          measure={measure}
          choose={choose}
        />
      )}
      <Errata errata={answer.errata} />
    </>
  );
}

function Report({ id }: { id: string }) {
  const search = useSearch();
  const { places } = useDesk();
  const [{ data, error }, again] = useQuery({ query: REPORTS, variables: {} });
  const definition = data?.reports.find((each) => each.id === id);
  if (data && !definition) return <Missing />;
  if (!definition)
    return (
      <Page title={t('报表')}>
        {error ? (
          <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
        ) : (
          <Skeleton className="is-card" count={3} />
        )}
      </Page>
    );
  const asked = askedOf(definition, search, today());
  const county = places.flatMap((place) => place.counties).find(({ code }) => code === asked.county);
  const where = county?.name ?? nameOf(places);
  const cellName = listed((asked.cell ?? []).map(({ dimension }) => dimensionWord(dimension)));
  return (
    <Page
      title={`${definition.id} ${definition.title}`}
      note={`${where} · ${longDayOf(asked.from)} – ${longDayOf(asked.to)}`}
    >
      <Path
        steps={[
          { name: t('报表'), href: '/reports' },
          { name: definition.id, href: hrefOf(definition, { ...asked, cell: null }) },
          ...(asked.cell === null
            ? []
            : [
                {
                  name: cellName ? t('按{by}的一格', { by: cellName }) : t('合计'),
                  href: hrefOf(definition, asked),
                },
              ]),
        ]}
      />
      {asked.cell === null ? (
        <>
          <Choice key={hrefOf(definition, asked)} definition={definition} asked={asked} />
          <Body definition={definition} asked={asked} />
        </>
      ) : (
        <Facts definition={definition} asked={asked} />
      )}
      <About definition={definition} />
    </Page>
  );
}

/** One report, of any period, county and grouping; each figure leads to the sales it is the sum of. */
export default function ReportPage({ id }: { id: string }) {
  return (
    <Only may="VOLUME_READ">
      <Report id={id} />
    </Only>
  );
}
