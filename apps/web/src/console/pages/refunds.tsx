import { useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { exactMomentOf, momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { BankAct } from '../bank-account.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { aboutHref } from '../ledger-table.js';
import { REFUND_STATES, type BankRefund, methodWord, refundStateWord } from '../refund-words.js';
import { BANK_REFUNDS, UNRETURNED, WHOLE_REFUND } from '../refund.documents.js';
import { useDecision } from '../review-decide.js';
import { Page, Section } from '../ui.js';

type State = BankRefund['state'];

function Rows({ state, ...place }: Place & { state: State | null }) {
  const [{ data, error }, again] = useQuery({
    query: BANK_REFUNDS,
    variables: { state, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.bankRefunds}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="coin" title={t('没有这样的银行退款。')} />}
    >
      <Table
        caption={t('银行退款')}
        rows={data?.bankRefunds.nodes ?? []}
        keyOf={({ refundId }) => refundId}
        columns={[
          {
            name: t('退款'),
            cell: ({ refundId, orderId }) => (
              <span className="account">
                <Link href={`/refunds/${refundId}`}>{refundId}</Link>
                <small className="code">{orderId}</small>
              </span>
            ),
          },
          {
            name: t('退到'),
            cell: ({ holderMasked, bankName, accountLastFour }) =>
              `${holderMasked} · ${bankName} · …${accountLastFour}`,
          },
          { name: t('金额（元）'), isFigure: true, cell: ({ amountFen }) => amountOf(amountFen) },
          { name: t('状态'), cell: (row) => refundStateWord(row.state) },
          { name: t('提出'), cell: ({ createdAt }) => momentOf(createdAt) },
        ]}
      />
    </ListPart>
  );
}

function GiveBack({ paymentId, changed }: { paymentId: string; changed: () => void }) {
  const { act, isBusy, refusal } = useDecision(WHOLE_REFUND, changed);
  return (
    <BankAct
      isBusy={isBusy}
      refusal={refusal}
      act={(note, bankAccount) => act({ input: { paymentId, note, channel: 'MANUAL_BANK', bankAccount } })}
    />
  );
}

/** What should have gone back by itself and did not: the oldest first. */
function Unreturned({ changed, ...place }: Place & { changed: () => void }) {
  const { may } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: UNRETURNED,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => {
    again({ requestPolicy: 'network-only' });
    changed();
  };
  return (
    <ListPart
      {...place}
      page={data?.unreturnedPayments}
      error={error}
      retry={look}
      empty={<p className="note">{t('该退的都退回去了。')}</p>}
    >
      <Table
        caption={t('退不回去的钱')}
        rows={data?.unreturnedPayments.nodes ?? []}
        keyOf={({ paymentId }) => paymentId}
        columns={[
          {
            name: t('订单'),
            cell: ({ orderId }) =>
              may('LEDGER_READ') ? (
                <Link href={aboutHref(orderId)}>
                  <span className="code">{orderId}</span>
                </Link>
              ) : (
                <span className="code">{orderId}</span>
              ),
          },
          { name: t('付款方式'), cell: ({ method }) => methodWord(method) },
          { name: t('还没退（元）'), isFigure: true, cell: ({ leftFen }) => amountOf(leftFen) },
          {
            name: t('为什么没退成'),
            cell: ({ failureCode, failedAt }) => `${failureCode ?? '—'} · ${momentOf(failedAt)}`,
          },
          {
            name: t('原路能退到'),
            cell: ({ windowEndsAt }) => (windowEndsAt === null ? '—' : exactMomentOf(windowEndsAt)),
          },
          ...(may('REFUND')
            ? [
                {
                  name: t('怎么办'),
                  cell: ({ paymentId }: { paymentId: string }) => (
                    <GiveBack paymentId={paymentId} changed={look} />
                  ),
                },
              ]
            : []),
        ]}
      />
    </ListPart>
  );
}

function Refunds() {
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('state');
  const state = asked === 'ALL' ? null : (REFUND_STATES.find((each) => each === asked) ?? 'WAITING');
  const [round, setRound] = useState(0);
  return (
    <Page title={t('银行退款')} note={t('原路退不回去的，由我们的银行付；一人提出，另外两人同意')}>
      <Section title={t('银行退款')} note={t('新的在前')}>
        <div className="filters no-print">
          <label className="field">
            <span className="hidden">{t('状态')}</span>
            <select
              value={state ?? 'ALL'}
              onChange={(event) => go(`/refunds?state=${event.currentTarget.value}`)}
            >
              {REFUND_STATES.map((each) => (
                <option key={each} value={each}>
                  {refundStateWord(each)}
                </option>
              ))}
              <option value="ALL">{t('全部')}</option>
            </select>
          </label>
        </div>
        <List key={`${state ?? ''} ${round}`} show={(place) => <Rows {...place} state={state} />} />
      </Section>
      <Section title={t('退不回去的钱')} note={t('该自己退回而没退成的；最久的在前')}>
        <List show={(place) => <Unreturned {...place} changed={() => setRound(round + 1)} />} />
      </Section>
    </Page>
  );
}

/** Refunds that no provider takes back any more, and what waits to become one. */
export default function RefundsPage() {
  return (
    <Only may="REFUND_READ">
      <Refunds />
    </Only>
  );
}
