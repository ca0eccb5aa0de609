import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { Only } from '../desk.js';
import { SubjectLink, journalHref } from '../ledger-table.js';
import { accountStateWord, accountWord, kindWord, typeWord } from '../ledger-words.js';
import { ACCOUNT, MOVEMENTS } from '../ledger.documents.js';
import { Facts, Page, Path, Section } from '../ui.js';

const amountOrDash = (fen: string): string => (fen === '0' ? '—' : amountOf(fen));

function Movements({ code, ...place }: Place & { code: string }) {
  const [{ data, error }, again] = useQuery({
    query: MOVEMENTS,
    variables: { code, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.ledgerMovements}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="coin" title={t('还没有进出；预留的钱到动的时候才列在这里。')} />}
    >
      <Table
        caption={t('进出')}
        rows={data?.ledgerMovements.nodes ?? []}
        keyOf={({ journalId }) => journalId}
        columns={[
          { name: t('生效'), cell: ({ effectiveAt }) => exactMomentOf(effectiveAt) },
          {
            name: t('凭证'),
            cell: ({ journalId, kind }) => <Link href={journalHref(journalId)}>{kindWord(kind)}</Link>,
          },
          { name: t('事由'), cell: ({ subject }) => <SubjectLink subject={subject} /> },
          { name: t('借方（元）'), isFigure: true, cell: ({ debitedFen }) => amountOrDash(debitedFen) },
          { name: t('贷方（元）'), isFigure: true, cell: ({ creditedFen }) => amountOrDash(creditedFen) },
        ]}
      />
    </ListPart>
  );
}

function Account({ code }: { code: string }) {
  const [{ data, error }, again] = useQuery({
    query: ACCOUNT,
    variables: { code },
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const account = data.ledgerAccount;
  if (!account)
    return (
      <Empty icon="coin" title={t('没有这个账户，或者还没有记过账。请核对代码。')}>
        <Link className="button is-quiet" href="/ledger">
          {t('回到账本')}
        </Link>
      </Empty>
    );
  const side = account.normalSide === 'debit' ? t('借') : t('贷');
  return (
    <>
      <Section title={accountWord(code)} note={t('现在')}>
        <Facts
          rows={[
            [t('代码'), <span className="code">{code}</span>],
            [t('属于'), account.ownerName ?? t('大家共用，或只以编号相称的农户')],
            [t('类别'), typeWord(account.type)],
            [t('状态'), accountStateWord(account.state)],
            [t('借方'), amountOf(account.debitsFen)],
            [t('贷方'), amountOf(account.creditsFen)],
            [t('余额'), `${side} ${amountOf(account.balanceFen)}`],
          ]}
        />
      </Section>
      <Section title={t('进出')} note={t('元；最近的在前；点凭证看全部借贷')}>
        <List key={code} show={(place) => <Movements {...place} code={code} />} />
      </Section>
    </>
  );
}

/** What one account holds, and each journal that moved it. */
export default function LedgerAccountPage() {
  const code = new URLSearchParams(useSearch()).get('code') ?? '';
  return (
    <Only may="LEDGER_READ">
      <Page title={accountWord(code)}>
        <Path
          steps={[
            { name: t('账本'), href: '/ledger' },
            { name: t('账户'), href: '' },
          ]}
        />
        <Account code={code} />
      </Page>
    </Only>
  );
}
