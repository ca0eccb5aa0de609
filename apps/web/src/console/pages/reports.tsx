import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { Only } from '../desk.js';
import { listed } from '../figures.js';
import { REPORTS } from '../report.documents.js';
import type { Definition } from '../report-ask.js';
import { dimensionWord } from '../report-words.js';
import { Page } from '../ui.js';

const missingOf = ({ measures }: Definition): string[] =>
  measures.filter(({ missing }) => missing !== null).map(({ name }) => name);

function Card({ report }: { report: Definition }) {
  const { id, title, measures, groupBy } = report;
  const missing = missingOf(report);
  return (
    <li className="panel">
      <Link className="report-card" href={`/reports/${id}`}>
        <i>{id}</i>
        <b>{title}</b>
        <span>{listed(measures.map(({ name }) => name))}</span>
        <small>
          {groupBy.length === 0 ? t('只有合计') : t('按{by}', { by: listed(groupBy.map(dimensionWord)) })}
          {missing.length > 0 && ` · ${t('没有来源：{names}', { names: listed(missing) })}`}
        </small>
      </Link>
    </li>
  );
}

function Catalogue() {
  const [{ data, error }, again] = useQuery({ query: REPORTS, variables: {} });
  const body: ReactNode =
    error && !data ? (
      <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
    ) : data ? (
      <ul className="report-cards">
        {data.reports.map((report) => (
          <Card key={report.id} report={report} />
        ))}
      </ul>
    ) : (
      <Skeleton className="is-card" count={4} />
    );
  return (
    <Page title={t('报表')} note={t('每张报表写明口径和不计入的，可按时间、辖区和维度查看，可导出')}>
      {body}
    </Page>
  );
}

/** Everything that is reported, each with what it is made of. */
export default function Reports() {
  return (
    <Only may="VOLUME_READ">
      <Catalogue />
    </Only>
  );
}
