import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Price } from '../../shared/ui/price.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { pictureOf } from '../../shared/pictures.js';
import { ORDERS } from '../order.documents.js';
import { orderWord } from '../order-words.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { hadSession, hasCart } from '../visitor.js';

function Part({
  after,
  isLast,
  more,
}: {
  after: string | null;
  isLast: boolean;
  more: (cursor: string) => void;
}) {
  const [{ data, error }, again] = useQuery({
    query: ORDERS,
    variables: { after },
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const { nodes, pageInfo } = data.orders;
  if (nodes.length === 0 && after === null) return <NoOrders />;
  return (
    <>
      {nodes.map((order) => {
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
      {isLast && pageInfo.hasNextPage && (
        <button type="button" className="button is-quiet more" onClick={() => more(pageInfo.endCursor ?? '')}>
          {t('再看一些')}
        </button>
      )}
    </>
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
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const isKnown = hadSession() || hasCart();
  return (
    <>
      <TopBar title={t('我的订单')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          {!isKnown && <NoOrders />}
          {isKnown &&
            cursors.map((after, index) => (
              <Part
                key={after ?? ''}
                after={after}
                isLast={index === cursors.length - 1}
                more={(cursor) => setCursors([...cursors, cursor])}
              />
            ))}
        </div>
      </main>
    </>
  );
}
