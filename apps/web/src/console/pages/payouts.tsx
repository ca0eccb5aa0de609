import { useRef } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { exactMomentOf, longDayOf } from '../../shared/dates.js';
import { freshKey } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { countText } from '../figures.js';
import { type Batch, batchStateWord, methodWord } from '../payout-words.js';
import { BATCHES, BATCH_CREATE, CALENDAR } from '../payout.documents.js';
import { Act, Page, Section } from '../ui.js';

const STATES = [
  'AWAITING_APPROVAL',
  'VOID_REQUESTED',
  'APPROVED',
  'EXPORTED',
  'SENDING',
  'CLOSED',
] as const satisfies readonly Batch['state'][];
type Shown = (typeof STATES)[number];

const isShown = (text: string | null): text is Shown => STATES.some((state) => state === text);

const hrefOf = (state: Shown | null): string => `/payouts?state=${state ?? 'ALL'}`;

function Batches({ state, ...place }: Place & { state: Shown | null }) {
  const [{ data, error }, again] = useQuery({
    query: BATCHES,
    variables: { state, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.payoutBatches}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={
        <Empty
          icon="coin"
          title={
            state === 'AWAITING_APPROVAL'
              ? t('没有等审批的批次。每个工作日 16:00 后出当天的付款。')
              : t('没有这样的批次。换一类看看。')
          }
        />
      }
    >
      <Table
        caption={t('付款批次')}
        rows={data?.payoutBatches.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('批次'),
            cell: ({ id, batchNo }) => <Link href={`/payouts/${id}`}>{t('第 {n} 批', { n: batchNo })}</Link>,
          },
          { name: t('方式'), cell: ({ method }) => methodWord(method) },
          { name: t('笔数'), isFigure: true, cell: ({ lineCount }) => countText(lineCount) },
          { name: t('合计（元）'), isFigure: true, cell: ({ totalFen }) => amountOf(totalFen) },
          { name: t('状态'), cell: ({ state: at }) => batchStateWord(at) },
          {
            name: t('同意'),
            cell: ({ approval }) => t('{n} / {of} 人', { n: approval.approvals, of: approval.requiredCount }),
          },
          { name: t('制单人'), cell: ({ maker }) => maker.name ?? maker.id },
          { name: t('制单时间'), cell: ({ createdAt }) => exactMomentOf(createdAt) },
        ]}
      />
    </ListPart>
  );
}

/** A key of this page's own: pressed twice, or again after a line was lost, it makes one batch. */
function Make() {
  const [, go] = useLocation();
  const key = useRef(freshKey());
  const { act, isBusy, refusal } = useAct(BATCH_CREATE);
  const make = async (method: 'BANK' | 'STRIPE') => {
    const input = { method, encoding: 'UTF_8' as const, idempotencyKey: `${key.current}-${method}` };
    const done = await act({ input });
    if (done) go(`/payouts/${done.batch.id}`);
    return done;
  };
  return (
    <div className="acts no-print">
      <Act
        name={t('制一批银行付款')}
        question={t('把等着的付款合成一批，最多 500 笔，请别人审批。')}
        isBusy={isBusy}
        refusal={refusal}
        act={() => make('BANK')}
      />
      <Act
        name={t('制一批转账')}
        question={t('把等着的转账合成一批，最多 500 笔，请别人审批。')}
        isBusy={isBusy}
        refusal={refusal}
        act={() => make('STRIPE')}
      />
    </div>
  );
}

function Calendar() {
  const [{ data }] = useQuery({ query: CALENDAR, variables: {} });
  if (!data) return null; // Only a help: without it the page is whole.
  const { isWorkingDay, nextRunOn, isYearKnown } = data.payoutCalendar;
  return (
    <p className="note">
      {t('下一次出付款：{day}', { day: longDayOf(nextRunOn) })}
      {!isWorkingDay && ` · ${t('今天银行不办')}`}
      {!isYearKnown && ` · ${t('今年的节假日还没有录入，只按周末算')}`}
    </p>
  );
}

function Payouts() {
  const [, go] = useLocation();
  const { may } = useDesk();
  const word = new URLSearchParams(useSearch()).get('state');
  const state = isShown(word) ? word : word === 'ALL' ? null : 'AWAITING_APPROVAL';
  return (
    <Page
      title={t('付款审批')}
      note={t('谁制的单谁不能批；批的是看过的那一份，变了就不作数')}
      tools={may('PAYOUT_PREPARE') ? <Make /> : undefined}
    >
      <Calendar />
      <Section title={t('付款批次')} note={t('最新的在前；点批次看每一笔')}>
        <div className="segments no-print" role="group" aria-label={t('批次状态')}>
          {[...STATES, null].map((each) => (
            <button
              key={each ?? ''}
              type="button"
              aria-pressed={each === state}
              onClick={() => go(hrefOf(each))}
            >
              {each === null ? t('全部') : batchStateWord(each)}
            </button>
          ))}
        </div>
        <List key={state ?? ''} show={(place) => <Batches {...place} state={state} />} />
      </Section>
    </Page>
  );
}

/** Batches of payouts: which wait for somebody, and how far the others have come. */
export default function PayoutsPage() {
  return (
    <Only may="PAYOUT_READ">
      <Payouts />
    </Only>
  );
}
