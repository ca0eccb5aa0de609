import { useQuery } from 'urql';
import { Link } from 'wouter';
import { exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { Only } from '../desk.js';
import { Transfers, journalHref } from '../ledger-table.js';
import { kindWord, phaseWord, subjectWord } from '../ledger-words.js';
import { JOURNALS } from '../ledger.documents.js';
import { Page, Path, Section } from '../ui.js';

function Journals({ subject }: { subject: string }) {
  const [{ data, error }, again] = useQuery({
    query: JOURNALS,
    variables: { subject },
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  if (data.journals.length === 0)
    return (
      <Empty icon="coin" title={t('账上没有它的凭证：编号写错了，或者钱还没有动。')}>
        <Link className="button is-quiet" href="/ledger">
          {t('回到账本')}
        </Link>
      </Empty>
    );
  return (
    <>
      {data.journals.map(({ id, kind, phase, effectiveAt, transfers }) => (
        <Section key={id} title={kindWord(kind)} note={`${exactMomentOf(effectiveAt)} · ${phaseWord(phase)}`}>
          <Transfers caption={kindWord(kind)} transfers={transfers} />
          <Link className="text-button no-print" href={journalHref(id)}>
            {t('看凭证，核验')}
          </Link>
        </Section>
      ))}
    </>
  );
}

/** All that the books say of an order, a refund or a payout, in the order in which it was written down. */
export default function LedgerAboutPage({ subject }: { subject: string }) {
  return (
    <Only may="LEDGER_READ">
      <Page title={t('{what}的凭证', { what: subjectWord(subject) })} note={subject}>
        <Path
          steps={[
            { name: t('账本'), href: '/ledger' },
            { name: subjectWord(subject), href: '' },
          ]}
        />
        <Journals subject={subject} />
      </Page>
    </Only>
  );
}
