import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { useLocation, useSearch } from 'wouter';
import { longDayOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import { countText } from '../figures.js';
import { AccountCell, aboutHref, accountHref, journalHref } from '../ledger-table.js';
import { accountStateWord, streamWord, typeWord } from '../ledger-words.js';
import { ACCOUNTS, SEALS, TRIAL_BALANCE } from '../ledger.documents.js';
import { Page, Section } from '../ui.js';

interface At {
  /** Empty for now. */
  readonly day: string;
  readonly prefix: string;
}

const hrefOf = ({ day, prefix }: At): string => {
  const words = new URLSearchParams();
  if (day !== '') words.set('day', day);
  if (prefix !== '') words.set('prefix', prefix);
  return words.toString() === '' ? '/ledger' : `/ledger?${words.toString()}`;
};

/** Where something that somebody has the number of is to be found. */
function placeOf(text: string): string {
  if (text.startsWith('jrn_')) return journalHref(text);
  return text.includes(':') ? accountHref(text) : aboutHref(text);
}

function Search() {
  const [, go] = useLocation();
  const [text, setText] = useState('');
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') go(placeOf(text.trim()));
  };
  return (
    <form className="lookup no-print" role="search" onSubmit={search}>
      <label className="field">
        <span>{t('查一笔')}</span>
        <input
          value={text}
          placeholder={t('订单、退款、付款、凭证的编号，或账户代码')}
          autoComplete="off"
          spellCheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button">
        {t('查')}
      </button>
    </form>
  );
}

function Day({ at }: { at: At }) {
  const [, go] = useLocation();
  return (
    <label className="field day no-print">
      <span>{t('截至哪天结束；不填是现在')}</span>
      <input
        type="date"
        value={at.day}
        max={today()}
        onInput={(event) => go(hrefOf({ ...at, day: event.currentTarget.value }))}
      />
    </label>
  );
}

function TrialBalance({ day }: { day: string }) {
  const [{ data, error }, again] = useQuery({
    query: TRIAL_BALANCE,
    variables: { asOf: day || null },
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const { rows, differenceFen } = data.trialBalance;
  if (rows.length === 0) return <Empty icon="coin" title={t('到这一天为止，账上还没有一笔。')} />;
  const sum = (side: 'debitsFen' | 'creditsFen') =>
    amountOf(String(rows.reduce((total, row) => total + BigInt(row[side]), 0n)));
  const isBalanced = differenceFen === '0';
  return (
    <>
      <p className={`verdict ${isBalanced ? 'is-proven' : 'is-failed'}`}>
        {isBalanced
          ? t('借贷平衡，差额 ¥0.00')
          : t('借贷不平，差额 {money}：停止付款，请看对账差异', { money: amountOf(differenceFen) })}
      </p>
      <Table
        caption={t('试算平衡')}
        rows={rows}
        keyOf={({ type }) => type}
        columns={[
          { name: t('类别'), cell: ({ type }) => typeWord(type) },
          { name: t('借方（元）'), isFigure: true, cell: ({ debitsFen }) => amountOf(debitsFen) },
          { name: t('贷方（元）'), isFigure: true, cell: ({ creditsFen }) => amountOf(creditsFen) },
          {
            name: t('借减贷（元）'),
            isFigure: true,
            cell: ({ debitsFen, creditsFen }) => amountOf(String(BigInt(debitsFen) - BigInt(creditsFen))),
          },
        ]}
        foot={[t('合计'), sum('debitsFen'), sum('creditsFen'), amountOf(differenceFen)]}
      />
    </>
  );
}

function Seals() {
  const [{ data, error }, again] = useQuery({ query: SEALS, variables: {} });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" />;
  return (
    <>
      <Table
        caption={t('封存')}
        rows={data.sealStatuses}
        keyOf={({ stream }) => stream}
        columns={[
          { name: t('内容'), cell: ({ stream }) => streamWord(stream) },
          { name: t('已封存（条）'), isFigure: true, cell: ({ headSeq }) => countText(headSeq) },
          { name: t('等封存（条）'), isFigure: true, cell: ({ backlog }) => countText(backlog) },
          {
            name: t('最近的检查点'),
            cell: ({ latestCheckpoint }) =>
              latestCheckpoint
                ? t('{day}，{n} 条', {
                    day: longDayOf(latestCheckpoint.day),
                    n: countText(latestCheckpoint.treeSize),
                  })
                : t('还没有'),
          },
        ]}
      />
      <p className="note">
        {data.checkpointKeys.length === 0
          ? t('签出第一份检查点后，公钥显示在这里。')
          : t('公钥（请抄下来，另外保存）')}
      </p>
      {data.checkpointKeys.map((key) => (
        <p key={key} className="code">
          {key}
        </p>
      ))}
    </>
  );
}

const PREFIXES = (): readonly (readonly [prefix: string, name: string])[] => [
  ['', t('全部')],
  ['asset:', t('资产')],
  ['asset:receivable:', t('应收')],
  ['liability:', t('负债')],
  ['liability:held:', t('待结算')],
  ['liability:available:', t('可付')],
  ['revenue:', t('收入')],
  ['expense:', t('费用')],
];

function Accounts({ at, ...place }: Place & { at: At }) {
  const [{ data, error }, again] = useQuery({
    query: ACCOUNTS,
    variables: { prefix: at.prefix, asOf: at.day || null, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const name = { debit: t('借'), credit: t('贷') };
  return (
    <ListPart
      {...place}
      page={data?.ledgerAccounts}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="coin" title={t('这一类还没有账户。换一类看看。')} />}
    >
      <Table
        caption={t('账户')}
        rows={data?.ledgerAccounts.nodes ?? []}
        keyOf={({ code }) => code}
        columns={[
          { name: t('账户'), cell: ({ code, ownerName }) => <AccountCell code={code} owner={ownerName} /> },
          { name: t('状态'), cell: ({ state }) => accountStateWord(state) },
          { name: t('借方（元）'), isFigure: true, cell: ({ debitsFen }) => amountOf(debitsFen) },
          { name: t('贷方（元）'), isFigure: true, cell: ({ creditsFen }) => amountOf(creditsFen) },
          {
            name: t('余额（元）'),
            isFigure: true,
            cell: ({ balanceFen, normalSide }) => <b>{`${name[normalSide]} ${amountOf(balanceFen)}`}</b>,
          },
        ]}
      />
    </ListPart>
  );
}

function Books() {
  const [, go] = useLocation();
  const { may } = useDesk();
  const words = new URLSearchParams(useSearch());
  const day = words.get('day') ?? '';
  const at: At = { day: /^\d{4}-\d\d-\d\d$/.test(day) ? day : '', prefix: words.get('prefix') ?? '' };
  const when = at.day === '' ? t('现在') : t('{day}结束时', { day: longDayOf(at.day) });
  return (
    <Page title={t('账本')} note={t('每一笔钱从哪里到哪里；只增不改，改了查得出来')} tools={<Day at={at} />}>
      <Search />
      <div className="columns">
        <Section title={t('试算平衡')} note={when}>
          <TrialBalance day={at.day} />
        </Section>
        {may('SEAL_READ') && (
          <Section title={t('封存')} note={t('每天结束后签一份检查点')}>
            <Seals />
          </Section>
        )}
      </div>
      <Section title={t('账户')} note={t('{when}；点账户看每一笔进出', { when })}>
        <div className="segments no-print" role="group" aria-label={t('账户类别')}>
          {PREFIXES().map(([prefix, name]) => (
            <button
              key={prefix}
              type="button"
              aria-pressed={prefix === at.prefix}
              onClick={() => go(hrefOf({ ...at, prefix }))}
            >
              {name}
            </button>
          ))}
        </div>
        <List key={hrefOf(at)} show={(place) => <Accounts {...place} at={at} />} />
      </Section>
    </Page>
  );
}

/** What the books hold, now or at the end of a day, and the way to each line of them. */
export default function LedgerPage() {
  return (
    <Only may="LEDGER_READ">
      <Books />
    </Only>
  );
}
