import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Price } from '../../shared/ui/price.js';
import { Empty } from '../../shared/ui/states.js';
import { pictureOf } from '../../shared/pictures.js';
import { ORDERS } from '../order.documents.js';
import { orderWord } from '../order-words.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { isKnown } from '../visitor.js';

function Part(place: Place) {
  const [{ data, error }, again] = useQuery({
    query: ORDERS,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.orders}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<NoOrders />}
    >
      {data?.orders.nodes.map((order) => {
        const lines = order.merchantOrders.flatMap((part) => part.lines);
        return (
          <Link key={order.id} href={`/orders/${order.id}`} className="panel order-card">
            <h2>
              {orderWord(order)}
              <small>{dayOf(order.placedAt)}</small>
            </h2>
            <div className="order-lines">
              {lines.slice(0, 4).map((line) => (
                <img key={line.id} src={pictureOf(line.productName, '')} alt="" width="72" height="54" />
              ))}
              <span>
                {lines[0]?.productName}
                {lines.length > 1 && ` ${t('等 {n} 样', { n: lines.length })}`}
              </span>
              <Price fen={order.totalFen} exact />
            </div>
          </Link>
        );
      })}
    </ListPart>
  );
}

const NoOrders = () => (
  <Empty icon="receipt" title={t('还没有订单')}>
    <Link className="button" href="/">
      {t('去逛逛')}
    </Link>
  </Empty>
);

/** One's own orders, the latest first. */
export default function Orders() {
  return (
    <>
      <TopBar title={t('我的订单')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          {isKnown() ? <List show={(place) => <Part {...place} />} /> : <NoOrders />}
        </div>
      </main>
    </>
  );
}
