import { useQuery } from 'urql';
import { dayOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { COUNTER_MONEY } from './money.documents.js';
import { useMoneyOf } from './money-of.js';

/** Which counter a page of money is about; nothing where it is the merchant's own. */
export function CounterHead() {
  const { asked } = useMoneyOf();
  const [{ data }] = useQuery({ query: COUNTER_MONEY, variables: asked, pause: asked.counterId === null });
  const counter = asked.counterId === null ? undefined : data?.counterMoney.nodes[0];
  if (!counter) return null;
  return (
    <section className="panel counter-head">
      <h2>
        <Icon name="hall" />
        {counter.name}
      </h2>
      <p className="note">
        {counter.address}
        {counter.since !== null &&
          ` · ${t('{day}起归您管，只看得到那以后的', { day: dayOf(counter.since) })}`}
      </p>
    </section>
  );
}
