import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { BATCH_ORDERS } from '../harvest.documents.js';
import { orderWord } from './words.js';

function Part({ batchId, ...place }: Place & { batchId: string }) {
  const [{ data, error }, again] = useQuery({
    query: BATCH_ORDERS,
    variables: { batchId, after: place.after },
  });
  return (
    <ListPart
      {...place}
      page={data?.batchOrders}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('还没有人买这一批。')}</p>}
    >
      {data?.batchOrders.nodes.map(({ merchantOrderId, state, placedAt, quantity }) => (
        <Link key={merchantOrderId} className="card is-row" href={`/orders/${merchantOrderId}`}>
          <span>
            {t('{n} 件', { n: quantity })} · {orderWord(state)}
            <small>{momentOf(placedAt)}</small>
          </span>
          <Icon name="right" />
        </Link>
      ))}
    </ListPart>
  );
}

/** In which orders a batch went; asked for when somebody wants to know. */
export function BatchOrders({ batchId, count }: { batchId: string; count: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel">
      <h2>
        <Icon name="receipt" />
        {t('谁买了这一批')}
        <small>{t('{n} 个订单', { n: count })}</small>
      </h2>
      {isOpen ? (
        <List show={(place) => <Part {...place} batchId={batchId} />} />
      ) : (
        <button
          type="button"
          className="button is-quiet is-wide"
          disabled={count === 0}
          onClick={() => setOpen(true)}
        >
          {t('看订单')}
        </button>
      )}
    </section>
  );
}
