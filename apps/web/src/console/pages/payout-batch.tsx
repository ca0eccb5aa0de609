import { useEffect, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Link } from 'wouter';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { Table } from '../charts/table.js';
import { Only } from '../desk.js';
import { countText } from '../figures.js';
import { SubjectLink, journalHref } from '../ledger-table.js';
import { kindWord } from '../ledger-words.js';
import { seenHashOf } from '../payout-hash.js';
import { PayoutNext } from '../payout-next.js';
import {
  type BankAnswer,
  type Batch,
  type Payout,
  batchStateWord,
  breakWord,
  methodWord,
  payeeKindWord,
  payoutStateWord,
} from '../payout-words.js';
import { BATCH, ITEMS, PAYOUTS } from '../payout.documents.js';
import { Facts, Page, Path, Section } from '../ui.js';

function Items({ payout, ...place }: Place & { payout: Payout }) {
  const [{ data, error }, again] = useQuery({
    query: ITEMS,
    variables: { id: payout.id, after: place.after },
  });
  return (
    <ListPart
      {...place}
      page={data?.payoutItems}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="coin" title={t('这一笔没有明细。')} />}
    >
      <Table
        caption={t('这一笔从哪里来')}
        rows={data?.payoutItems.nodes ?? []}
        keyOf={({ journalId, lineNo }) => `${journalId} ${lineNo}`}
        columns={[
          {
            name: t('凭证'),
            cell: ({ journalId, kind }) => <Link href={journalHref(journalId)}>{kindWord(kind)}</Link>,
          },
          { name: t('事由'), cell: ({ subject }) => <SubjectLink subject={subject} /> },
          { name: t('生效'), cell: ({ effectiveAt }) => exactMomentOf(effectiveAt) },
          { name: t('金额（元）'), isFigure: true, cell: ({ amountFen }) => amountOf(amountFen) },
        ]}
      />
    </ListPart>
  );
}

const payeeOf = ({ payeeName, payeeId }: Payout): string => payeeName ?? payeeId;

function Lines({
  batch,
  payouts,
  choose,
}: {
  batch: Batch;
  payouts: readonly Payout[];
  choose: (payout: Payout) => void;
}) {
  const total = payouts.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
  if (payouts.length === 0)
    return <Empty icon="coin" title={t('这一批里没有付款了：作废或退回后，付款回去等下一批。')} />;
  return (
    <>
      {String(total) !== batch.totalFen && (
        <p className="verdict is-failed">
          {t('列出的合计 {sum} 与批次的 {total} 不一致：请不要批，报平台运营。', {
            sum: amountOf(String(total)),
            total: amountOf(batch.totalFen),
          })}
        </p>
      )}
      <Table
        caption={t('每一笔')}
        rows={payouts}
        keyOf={({ id }) => id}
        columns={[
          { name: t('行'), cell: ({ lineNo }) => lineNo ?? '—' },
          {
            name: t('收款方'),
            cell: (payout) => (
              <span className="account">
                <button type="button" className="cell-button" onClick={() => choose(payout)}>
                  {payeeOf(payout)}
                </button>
                <small>{payeeKindWord(payout.payeeKind)}</small>
              </span>
            ),
          },
          {
            name: t('收款账户'),
            cell: ({ account }) => `${account.maskedName} · ${account.bankName} · …${account.lastFour}`,
          },
          { name: t('金额（元）'), isFigure: true, cell: ({ amountFen }) => amountOf(amountFen) },
          {
            name: t('状态'),
            cell: ({ state, failureCode, failureNote }) =>
              [payoutStateWord(state), failureCode, failureNote].filter(Boolean).join(' · '),
          },
        ]}
        foot={[t('合计'), t('{n} 笔', { n: countText(payouts.length) }), '', amountOf(String(total)), '']}
      />
    </>
  );
}

function Answers({ answers }: { answers: readonly BankAnswer[] }) {
  return (
    <Section title={t('银行回盘')} note={t('按来的先后；对不上的一笔也没有入账')}>
      <Table
        caption={t('银行回盘')}
        rows={answers}
        keyOf={({ id }) => id}
        columns={[
          { name: t('时间'), cell: ({ importedAt }) => exactMomentOf(importedAt) },
          {
            name: t('结果'),
            cell: ({ outcome, breakCode, breakNote }) =>
              outcome === 'APPLIED'
                ? t('已入账')
                : [t('没有采用'), breakCode && breakWord(breakCode), breakNote].filter(Boolean).join(' · '),
          },
          { name: t('笔数'), isFigure: true, cell: ({ lineCount }) => countText(lineCount) },
          { name: t('付到（元）'), isFigure: true, cell: ({ paidFen }) => amountOf(paidFen) },
          { name: t('没付到（元）'), isFigure: true, cell: ({ unpaidFen }) => amountOf(unpaidFen) },
        ]}
      />
    </Section>
  );
}

/** Undefined while it is reckoned; null where the browser does not. */
function useSeenHash(batch: Batch, payouts: readonly Payout[] | undefined): string | null | undefined {
  const [seen, setSeen] = useState<string | null>();
  useEffect(() => {
    let isLeft = false;
    setSeen(undefined);
    if (payouts)
      void seenHashOf(batch, payouts).then((hash) => {
        if (!isLeft) setSeen(hash);
      });
    return () => {
      isLeft = true;
    };
  }, [batch, payouts]);
  return seen;
}

function Looked({
  batch,
  answers,
  done,
}: {
  batch: Batch;
  answers: readonly BankAnswer[];
  done: () => void;
}) {
  const client = useClient();
  const [chosen, choose] = useState<Payout | null>(null);
  const {
    value: payouts,
    error,
    again,
  } = useWhole(`${batch.id} ${batch.state}`, async () => {
    const found = await allOf(
      (after) =>
        client.query(PAYOUTS, { batchId: batch.id, after }, { requestPolicy: 'network-only' }).toPromise(),
      (data) => data.payouts,
    );
    return [...found].sort((a, b) => (a.lineNo ?? 0) - (b.lineNo ?? 0));
  });
  const seen = useSeenHash(batch, payouts);
  const { approval } = batch;
  return (
    <>
      <div className="columns">
        <Section title={t('第 {n} 批', { n: batch.batchNo })} note={batchStateWord(batch.state)}>
          <Facts
            rows={[
              [t('方式'), methodWord(batch.method)],
              [t('合计'), `${amountOf(batch.totalFen)} · ${t('{n} 笔', { n: countText(batch.lineCount) })}`],
              [t('制单'), `${batch.maker.name ?? batch.maker.id} · ${exactMomentOf(batch.createdAt)}`],
              [t('要几个人同意'), t('{n} 人，制单人不算', { n: approval.requiredCount })],
              ...approval.votes.map(
                ({ by, verdict, reason, at }) =>
                  [
                    verdict === 'APPROVE' ? t('同意') : t('不同意'),
                    [by.name ?? by.id, exactMomentOf(at), reason].filter(Boolean).join(' · '),
                  ] as const,
              ),
              [t('内容指纹（SHA-256）'), <span className="code">{batch.contentHash}</span>],
              ...(batch.exportedAt === null
                ? []
                : ([
                    [
                      t('导出文件'),
                      `${batch.exporter?.name ?? batch.exporter?.id ?? ''} · ${exactMomentOf(batch.exportedAt)}`,
                    ],
                    [t('文件指纹（SHA-256）'), <span className="code">{batch.fileHash}</span>],
                  ] as const)),
              ...(batch.voidReason === null ? [] : ([[t('作废理由'), batch.voidReason]] as const)),
            ]}
          />
        </Section>
        <Section title={t('下一步')}>
          <PayoutNext batch={batch} seen={seen} done={done} />
        </Section>
      </div>
      <Section title={t('每一笔')} note={t('元；点收款方看钱从哪里来')}>
        {error && !payouts ? (
          <Failure error={error} retry={again} />
        ) : payouts ? (
          <Lines batch={batch} payouts={payouts} choose={choose} />
        ) : (
          <Skeleton className="is-card" count={3} />
        )}
      </Section>
      {chosen && (
        <Section title={t('{payee}的这一笔从哪里来', { payee: payeeOf(chosen) })} note={chosen.id}>
          <List key={chosen.id} show={(place) => <Items {...place} payout={chosen} />} />
        </Section>
      )}
      {answers.length > 0 && <Answers answers={answers} />}
    </>
  );
}

function Found({ id }: { id: string }) {
  const [{ data: fresh, error }, again] = useQuery({
    query: BATCH,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(fresh);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error?.graphQLErrors[0]?.extensions['code'] === 'NOT_FOUND')
    return (
      <Empty icon="coin" title={t('没有这个批次。请核对地址。')}>
        <Link className="button is-quiet" href="/payouts">
          {t('回到付款批次')}
        </Link>
      </Empty>
    );
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  return <Looked batch={data.payoutBatch} answers={data.payoutImports} done={look} />;
}

/** A batch with every payee and sum, and the one thing that comes next. */
export default function PayoutBatchPage({ id }: { id: string }) {
  return (
    <Only may="PAYOUT_READ">
      <Page title={t('付款批次')} note={id}>
        <Path
          steps={[
            { name: t('付款审批'), href: '/payouts' },
            { name: t('付款批次'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
