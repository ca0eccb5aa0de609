import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { List, type Place } from '../../shared/ui/list.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { CounterHead } from '../counter-head.js';
import { OwnerOnly } from '../desk.js';
import { MoneyLines } from '../money-lines.js';
import { PAYOUT_LINES } from '../money.documents.js';

function Part({ id, ...place }: Place & { id: string }) {
  const [{ data, error }, again] = useQuery({
    query: PAYOUT_LINES,
    variables: { payoutId: id, after: place.after },
  });
  const retry = () => again({ requestPolicy: 'network-only' });
  return <MoneyLines {...place} page={data?.payoutLines} error={error} retry={retry} />;
}

/** Which orders a payout is of. */
export default function PayoutPage({ id }: { id: string }) {
  return (
    <>
      <TopBar title={t('这笔打款里有什么')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <CounterHead />
          <section className="panel">
            <List show={(place) => <Part {...place} id={id} />} />
          </section>
        </OwnerOnly>
      </main>
    </>
  );
}
