import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { List, type Place } from '../../shared/ui/list.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { CounterHead } from '../counter-head.js';
import { OwnerOnly } from '../desk.js';
import { MoneyLines } from '../money-lines.js';
import { useMoneyOf } from '../money-of.js';
import { MONEY_LINES } from '../money.documents.js';

function Part(place: Place) {
  const { asked } = useMoneyOf();
  const [{ data, error }, again] = useQuery({
    query: MONEY_LINES,
    variables: { ...asked, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const retry = () => again({ requestPolicy: 'network-only' });
  return <MoneyLines {...place} page={data?.moneyLines} error={error} retry={retry} />;
}

/** Every fen that has come and gone, with the order behind it, as the books have it now. */
export default function MoneyBook() {
  return (
    <>
      <TopBar title={t('每一笔钱')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <CounterHead />
          <section className="panel">
            <List show={(place) => <Part {...place} />} />
          </section>
        </OwnerOnly>
      </main>
    </>
  );
}
