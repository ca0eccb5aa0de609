import { useEffect } from 'react';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { Failure } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { PART_OF_ORDER } from '../order.documents.js';
import { Waiting } from '../waiting.js';
import Missing from './missing.js';

/** Statements name the order; its page here is that of the merchant's part. */
export default function OrderOf({ id }: { id: string }) {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const [{ data, error }, again] = useQuery({
    query: PART_OF_ORDER,
    variables: { merchantId: merchant.id, orderId: id },
  });
  const part = data?.merchantOrders.nodes[0]?.id;
  useEffect(() => {
    if (part !== undefined) go(`/orders/${part}`, { replace: true });
  }, [part, go]);
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </main>
    );
  return data && part === undefined ? <Missing /> : <Waiting />;
}
