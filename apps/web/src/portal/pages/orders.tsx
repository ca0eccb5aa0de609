import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { GoodsLines } from '../goods-lines.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { ORDERS } from '../order.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { orderWord } from '../words.js';

const STATES = [null, 'TO_SHIP', 'PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED', 'COMPLETED', 'CANCELLED'] as const;
type State = (typeof STATES)[number];

function Part({ state, ...place }: Place & { state: State }) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: ORDERS,
    variables: { merchantId: merchant.id, state, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.merchantOrders}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="receipt" title={t('这里还没有订单。')} />}
    >
      {data?.merchantOrders.nodes.map((order) => (
        <Link key={order.id} href={`/orders/${order.id}`} className="card">
          <p className="card-head">
            <b>{orderWord(order.state)}</b>
            <span>
              {order.recipient.name} · {order.recipient.county.name}
            </span>
            <Icon name="right" />
          </p>
          <GoodsLines lines={order.lines} countOf={({ quantity }) => quantity} />
          <p className="card-foot">
            <small>{momentOf(order.placedAt)}</small>
            <b>{amountOf(order.goodsFen)}</b>
          </p>
        </Link>
      ))}
    </ListPart>
  );
}

/** Everything that was ever ordered, the latest first. */
export default function Orders() {
  const [state, setState] = useState<State>(null);
  return (
    <>
      <TopBar title={t('所有订单')} />
      <main id="main" className="page">
        <div className="chips" role="group" aria-label={t('只看')}>
          {STATES.map((each) => (
            <button
              key={each ?? ''}
              type="button"
              className="chip"
              aria-pressed={each === state}
              onClick={() => setState(each)}
            >
              {each === null ? t('全部') : orderWord(each)}
            </button>
          ))}
        </div>
        <List key={state ?? ''} show={(place) => <Part {...place} state={state} />} />
      </main>
    </>
  );
}
