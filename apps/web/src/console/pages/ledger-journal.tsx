import type { ResultOf } from 'gql.tada';
import { useClient, useQuery } from 'urql';
import { Link } from 'wouter';
import { exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { Only } from '../desk.js';
import { SubjectLink, Transfers, journalHref } from '../ledger-table.js';
import { kindWord, phaseWord } from '../ledger-words.js';
import { JOURNAL, JOURNAL_PROOF } from '../ledger.documents.js';
import { ProofPanel } from '../proof-panel.js';
import { Facts, Page, Path, Section } from '../ui.js';

type Journal = NonNullable<ResultOf<typeof JOURNAL>['ledgerJournal']>;

interface SealedLine {
  readonly debit?: unknown;
  readonly credit?: unknown;
  readonly amountFen?: unknown;
}

/** Line by line: what is proven must be what is read here, and not another record that is in order. */
const isShown =
  ({ id, kind, subject, idempotencyKey, phase, transfers }: Journal) =>
  (record: Readonly<Record<string, unknown>>): boolean => {
    const lines = (Array.isArray(record['lines']) ? record['lines'] : []) as readonly SealedLine[];
    return (
      record['id'] === id &&
      record['kind'] === kind &&
      record['subject'] === subject &&
      record['idempotencyKey'] === idempotencyKey &&
      record['phase'] === phase &&
      lines.length === transfers.length &&
      transfers.every(({ debit, credit, amountFen }, index) => {
        const line = lines[index];
        return line?.debit === debit && line.credit === credit && line.amountFen === amountFen;
      })
    );
  };

const linkTo = (id: string | null) => (id === null ? '—' : <Link href={journalHref(id)}>{id}</Link>);

function Journal({ journal }: { journal: Journal }) {
  const client = useClient();
  const load = async () => {
    const { data, error } = await client
      .query(JOURNAL_PROOF, { id: journal.id }, { requestPolicy: 'network-only' })
      .toPromise();
    if (error || !data) throw new Error('Nobody has answered.');
    return data.proof;
  };
  return (
    <>
      <Section title={kindWord(journal.kind)} note={phaseWord(journal.phase)}>
        <Transfers caption={t('借贷')} transfers={journal.transfers} />
      </Section>
      <div className="columns">
        <Section title={t('来历')}>
          <Facts
            rows={[
              [t('事由'), <SubjectLink subject={journal.subject} />],
              [t('生效'), exactMomentOf(journal.effectiveAt)],
              [t('写入账本'), exactMomentOf(journal.recordedAt)],
              [t('由哪件事引起'), <span className="code">{journal.eventId ?? t('人工调整')}</span>],
              [t('业务键，只记一次'), <span className="code">{journal.idempotencyKey}</span>],
              [t('了结的预留'), linkTo(journal.pendingJournalId)],
              [t('冲回的凭证'), linkTo(journal.reversesJournalId)],
            ]}
          />
        </Section>
        <ProofPanel load={load} isShown={isShown(journal)} />
      </div>
    </>
  );
}

function Found({ id }: { id: string }) {
  const [{ data, error }, again] = useQuery({ query: JOURNAL, variables: { id } });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  if (data.ledgerJournal) return <Journal journal={data.ledgerJournal} />;
  return (
    <Empty icon="coin" title={t('没有这张凭证。请核对编号。')}>
      <Link className="button is-quiet" href="/ledger">
        {t('回到账本')}
      </Link>
    </Empty>
  );
}

/** One journal, what it is about, and a check of it that this browser does by itself. */
export default function LedgerJournalPage({ id }: { id: string }) {
  return (
    <Only may="LEDGER_READ">
      <Page title={t('凭证')} note={id}>
        <Path
          steps={[
            { name: t('账本'), href: '/ledger' },
            { name: t('凭证'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
