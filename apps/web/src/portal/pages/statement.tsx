import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { CounterHead } from '../counter-head.js';
import { OwnerOnly } from '../desk.js';
import { LedgerLine, shownFen } from '../ledger-line.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { useMoneyOf } from '../money-of.js';
import { STATEMENT, STATEMENT_LINES } from '../money.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { lineWord } from '../words.js';

type Statement = ResultOf<typeof STATEMENT>['statements']['nodes'][number];

function Totals({ statement: { opening, closing, totals } }: { statement: Statement }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="coin" />
        {t('这些天的账')}
      </h2>
      <dl className="sums">
        {opening && (
          <div>
            <dt>{t('开头')}</dt>
            <dd>{amountOf(opening.netFen)}</dd>
          </div>
        )}
        {totals.map((total) => (
          <div key={total.kind} className={total.kind === 'RELEASE' ? 'is-aside' : ''}>
            <dt>
              {lineWord(total.kind)} <small>{t('{n} 笔', { n: total.count })}</small>
            </dt>
            <dd>{amountOf(shownFen(total))}</dd>
          </div>
        ))}
        {closing && (
          <div className="is-sum">
            <dt>{t('结尾')}</dt>
            <dd>{amountOf(closing.netFen)}</dd>
          </div>
        )}
      </dl>
      {closing && (
        <p className="note">
          {t('其中 {held} 还在售后期，{available} 可以打款。', {
            held: amountOf(closing.heldFen),
            available: amountOf(closing.availableFen),
          })}
        </p>
      )}
    </section>
  );
}

function Files({ statement: { revisions } }: { statement: Statement }) {
  const [issued] = revisions.filter(({ state }) => state === 'ISSUED').reverse();
  if (!issued) return <p className="notice">{t('账单正在做，做好了这里可以下载。')}</p>;
  return (
    <section className="panel rows">
      {issued.files.map(({ format, path }) => (
        <a key={format} href={path} download>
          <Icon name="receipt" />
          <span>{format === 'PDF' ? t('下载账单（PDF）') : t('下载明细表格（CSV）')}</span>
          <Icon name="right" />
        </a>
      ))}
    </section>
  );
}

function Lines({ statementId, ...place }: Place & { statementId: string }) {
  const { asked } = useMoneyOf();
  const [{ data, error }, again] = useQuery({
    query: STATEMENT_LINES,
    variables: { statementId, after: place.after },
  });
  return (
    <ListPart
      {...place}
      page={data?.statementLines}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('这些天没有进出。')}</p>}
    >
      <ul className="ledger">
        {data?.statementLines.nodes.map((line) => (
          <LedgerLine
            key={`${line.journalId} ${line.partNo}`}
            line={line}
            href={line.orderId === null || asked.counterId !== null ? null : `/orders/of/${line.orderId}`}
          />
        ))}
      </ul>
    </ListPart>
  );
}

function Sheet({ id, month }: { id: string; month: string | null }) {
  const { asked, within } = useMoneyOf();
  const [{ data, error }, again] = useQuery({
    query: STATEMENT,
    variables: { ...asked, month },
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const statement = data.statements.nodes.find((each) => each.id === id);
  if (!statement)
    return (
      <Empty icon="receipt" title={t('没找到这张账单，请从账单里再选一次。')}>
        <Link className="button" href={within('/statements')}>
          {t('回到账单')}
        </Link>
      </Empty>
    );
  return (
    <div className="panels">
      <Totals statement={statement} />
      <Files statement={statement} />
      <section className="panel">
        <h2>
          <Icon name="receipt" />
          {t('一笔一笔')}
        </h2>
        <List show={(place) => <Lines {...place} statementId={id} />} />
      </section>
    </div>
  );
}

/** A month's books: what was sold, released, taken back and paid, each line with its order. */
export default function StatementPage({ id }: { id: string }) {
  const month = new URLSearchParams(useSearch()).get('month');
  return (
    <>
      <TopBar title={month ?? t('账单')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <CounterHead />
          <Sheet id={id} month={month} />
        </OwnerOnly>
      </main>
    </>
  );
}
