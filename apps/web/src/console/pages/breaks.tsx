import { useClient, useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { BREAKS, MEASURES } from '../break.documents.js';
import {
  type BreakRow,
  CHECKS,
  type Check,
  ageText,
  breakStateWord,
  checkWord,
  classWord,
} from '../break-words.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { bpsText, countText } from '../figures.js';
import { Facts, Page, Section } from '../ui.js';

const VIEWS = ['open', 'mine', 'closed'] as const;
const SORTS = ['age', 'sum'] as const;

interface At {
  readonly view: (typeof VIEWS)[number];
  readonly check: Check | null;
  readonly sort: (typeof SORTS)[number];
}

const hrefOf = ({ view, check, sort }: At): string =>
  `/breaks?${new URLSearchParams({ view, sort, ...(check === null ? {} : { check }) }).toString()}`;

function atOf(search: string): At {
  const words = new URLSearchParams(search);
  return {
    view: VIEWS.find((view) => view === words.get('view')) ?? 'open',
    check: CHECKS.find((check) => check === words.get('check')) ?? null,
    sort: SORTS.find((sort) => sort === words.get('sort')) ?? 'age',
  };
}

const sizeOf = ({ differenceFen, expectedFen, actualFen }: BreakRow): bigint => {
  const fen = BigInt(differenceFen ?? expectedFen ?? actualFen ?? '0');
  return fen < 0n ? -fen : fen;
};

function Rows({ rows }: { rows: readonly BreakRow[] }) {
  const money = (fen: string | null) => (fen === null ? '—' : amountOf(fen));
  return (
    <Table
      caption={t('差异')}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t('差异'),
          cell: ({ id, class: kind, subject }) => (
            <span className="account">
              <Link href={`/breaks/${id}`}>{classWord(kind)}</Link>
              <small className="code">{subject}</small>
            </span>
          ),
        },
        { name: t('核对'), cell: ({ check }) => checkWord(check) },
        { name: t('应有（元）'), isFigure: true, cell: ({ expectedFen }) => money(expectedFen) },
        { name: t('实有（元）'), isFigure: true, cell: ({ actualFen }) => money(actualFen) },
        { name: t('差（元）'), isFigure: true, cell: ({ differenceFen }) => money(differenceFen) },
        { name: t('多久了'), cell: ({ ageSeconds }) => ageText(ageSeconds) },
        {
          name: t('状态'),
          cell: ({ state, vanishedAt, owner }) =>
            [
              breakStateWord(state),
              owner && (owner.name ?? owner.id),
              vanishedAt !== null && state !== 'AUTO_CLOSED' && t('已不再出现'),
            ]
              .filter(Boolean)
              .join(' · '),
        },
      ]}
    />
  );
}

/** What is open is worked off the oldest or the largest first, so all of it is read. */
function Open({ at }: { at: At }) {
  const client = useClient();
  const { viewer } = useDesk();
  const filter = { check: at.check, ...(at.view === 'mine' ? { ownerId: viewer.id } : {}) };
  const { value, error, again } = useWhole(`${at.view} ${at.check ?? ''}`, () =>
    allOf(
      (after) =>
        client.query(BREAKS, { filter, first: 100, after }, { requestPolicy: 'network-only' }).toPromise(),
      (data) => data.reconciliationBreaks,
    ),
  );
  if (error && !value) return <Failure error={error} retry={again} />;
  if (!value) return <Skeleton className="is-card" count={3} />;
  if (value.length === 0)
    return (
      <Empty
        icon="check"
        title={at.view === 'mine' ? t('您手上没有差异。') : t('没有没处理的差异：各方说的都一样。')}
      />
    );
  const rows = [...value].sort((a, b) =>
    at.sort === 'age'
      ? b.ageSeconds - a.ageSeconds
      : sizeOf(b) > sizeOf(a)
        ? 1
        : sizeOf(b) < sizeOf(a)
          ? -1
          : 0,
  );
  return <Rows rows={rows} />;
}

function Closed({ check, ...place }: Place & { check: Check | null }) {
  const [{ data, error }, again] = useQuery({
    query: BREAKS,
    variables: {
      filter: { check, states: ['RESOLVED', 'AUTO_CLOSED'] },
      first: 24,
      after: place.after,
    },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.reconciliationBreaks}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="check" title={t('还没有处理过的差异。')} />}
    >
      <Rows rows={data?.reconciliationBreaks.nodes ?? []} />
    </ListPart>
  );
}

function Measures({ choose }: { choose: (check: Check) => void }) {
  const [{ data, error }, again] = useQuery({
    query: MEASURES,
    variables: {},
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const { clearingBp, completenessBp, oldestBreakSeconds, open, checks } = data.reconciliationMeasures;
  const openOf = (check: Check) =>
    open.filter((each) => each.check === check).reduce((sum, { count }) => sum + count, 0);
  const isLate = checks.some(({ isOverdue }) => isOverdue);
  return (
    <>
      <p className={`verdict ${isLate ? 'is-failed' : 'is-proven'}`}>
        {isLate
          ? t('有核对没有按时跑完：它的清单现在不能作数，先通知平台运营。')
          : t('每一项核对都按时跑完了。')}
      </p>
      <Facts
        rows={[
          [t('过路账户归零率'), bpsText(clearingBp)],
          [t('账本完整率'), bpsText(completenessBp)],
          [t('最久的差异'), oldestBreakSeconds === 0 ? t('没有') : ageText(oldestBreakSeconds)],
        ]}
      />
      <Table
        caption={t('各项核对')}
        rows={checks}
        keyOf={({ check }) => check}
        columns={[
          {
            name: t('核对'),
            cell: ({ check }) => (
              <button type="button" className="cell-button" onClick={() => choose(check)}>
                {checkWord(check)}
              </button>
            ),
          },
          { name: t('没处理（个）'), isFigure: true, cell: ({ check }) => countText(openOf(check)) },
          {
            name: t('上次跑完'),
            cell: ({ lastRun, isOverdue }) =>
              [
                lastRun?.finishedAt ? exactMomentOf(lastRun.finishedAt) : t('还没有跑过'),
                isOverdue && t('逾期'),
              ]
                .filter(Boolean)
                .join(' · '),
          },
          {
            name: t('看过（个）'),
            isFigure: true,
            cell: ({ lastRun }) => (lastRun ? countText(lastRun.examinedCount) : '—'),
          },
          {
            name: t('一致（个）'),
            isFigure: true,
            cell: ({ lastRun }) => (lastRun ? countText(lastRun.matchedCount) : '—'),
          },
        ]}
      />
    </>
  );
}

function Breaks() {
  const [, go] = useLocation();
  const at = atOf(useSearch());
  const views = { open: t('没处理的'), mine: t('我认领的'), closed: t('处理过的') };
  const sorts = { age: t('最久的在前'), sum: t('金额大的在前') };
  return (
    <Page title={t('对账差异')} note={t('账本、订单、支付机构、银行、登记，谁和谁说的不一样')}>
      <Section title={at.check === null ? t('差异') : checkWord(at.check)} note={t('元；点差异看两边的证据')}>
        <div className="filters no-print">
          <div className="segments" role="group" aria-label={t('看哪些')}>
            {VIEWS.map((view) => (
              <button
                key={view}
                type="button"
                aria-pressed={view === at.view}
                onClick={() => go(hrefOf({ ...at, view }))}
              >
                {views[view]}
              </button>
            ))}
          </div>
          {at.view !== 'closed' && (
            <div className="segments" role="group" aria-label={t('怎么排')}>
              {SORTS.map((sort) => (
                <button
                  key={sort}
                  type="button"
                  aria-pressed={sort === at.sort}
                  onClick={() => go(hrefOf({ ...at, sort }))}
                >
                  {sorts[sort]}
                </button>
              ))}
            </div>
          )}
          {at.check !== null && (
            <button type="button" className="text-button" onClick={() => go(hrefOf({ ...at, check: null }))}>
              {t('看全部核对')}
            </button>
          )}
        </div>
        {at.view === 'closed' ? (
          <List key={at.check ?? ''} show={(place) => <Closed {...place} check={at.check} />} />
        ) : (
          <Open at={at} />
        )}
      </Section>
      <Section title={t('各项核对')} note={t('点一项，只看它的差异')}>
        <Measures choose={(check) => go(hrefOf({ ...at, check }))} />
      </Section>
    </Page>
  );
}

/** Where two parties do not say the same of money: what is open, since when, and how much. */
export default function BreaksPage() {
  return (
    <Only may="RECONCILIATION_READ">
      <Breaks />
    </Only>
  );
}
