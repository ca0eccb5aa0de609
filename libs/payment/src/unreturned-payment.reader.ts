import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { Payment } from './payment.entity.js';
import type { RefundId } from './refund.entity.js';
import { UNRETURNED_REASONS, type UnreturnedReason } from './whole-refund.rules.js';

/** Money that should have gone back by itself, and of which a refund has failed; whatever has become of it since. */
export interface UnreturnedPayment extends Pick<
  Payment,
  'orderId' | 'method' | 'disposition' | 'capturedAt'
> {
  readonly paymentId: Payment['id'];
  /** Why it should have gone back. */
  readonly reason: UnreturnedReason;
  readonly capturedFen: Fen;
  /** Has arrived. */
  readonly returnedFen: Fen;
  /** Asked for, and not over. */
  readonly underWayFen: Fen;
  /** What nobody has asked for again: it stays here until somebody does. */
  readonly leftFen: Fen;
  /** The latest that failed, when, and why in the provider's or bank's word. */
  readonly failedRefundId: RefundId;
  readonly failedAt: Date;
  readonly failureCode: string | null;
  /** The latest that arrived; null while none has. */
  readonly returnedBy: RefundId | null;
}

interface Raw extends Omit<UnreturnedPayment, 'capturedFen' | 'returnedFen' | 'underWayFen' | 'leftFen'> {
  readonly captured: FenText;
  readonly returned: FenText;
  readonly underWay: FenText;
}

const IS_UNRETURNED = `r.reason IN (${UNRETURNED_REASONS.map((reason) => `'${reason}'`).join(', ')})`;
const sumOf = (states: string) => `SUM(CASE WHEN r.state IN (${states}) THEN r.amount_fen ELSE 0 END)`;

/** From what has failed, which is little, to its payments and all that was tried of each. */
function select(failed: string, having = ''): string {
  return `SELECT u.*, f.updated_at AS failedAt, f.failure_code AS failureCode, f.reason
    FROM (SELECT p.id AS paymentId, p.order_id AS orderId, p.method, p.disposition, p.captured_at AS capturedAt, p.captured_fen AS captured,
            ${sumOf("'SUCCEEDED'")} AS returned, ${sumOf("'REQUESTED', 'SENT'")} AS underWay,
            MAX(CASE WHEN r.state = 'FAILED' AND ${IS_UNRETURNED} THEN r.id END) AS failedRefundId,
            MAX(CASE WHEN r.state = 'SUCCEEDED' THEN r.id END) AS returnedBy
          FROM (SELECT DISTINCT r.payment_id AS id FROM refund r WHERE r.state = 'FAILED' AND ${IS_UNRETURNED} AND ${failed}) AS failed
          JOIN payment p ON p.id = failed.id JOIN refund r ON r.payment_id = p.id
          GROUP BY p.id, p.order_id, p.method, p.disposition, p.captured_at, p.captured_fen ${having}
          ORDER BY p.id LIMIT ?) AS u
    JOIN refund f ON f.id = u.failedRefundId ORDER BY u.paymentId`;
}

function rowOf({ captured, returned, underWay, ...rest }: Raw): UnreturnedPayment {
  const [capturedFen, returnedFen, underWayFen] = [fen(captured), fen(returned), fen(underWay)];
  return { ...rest, capturedFen, returnedFen, underWayFen, leftFen: capturedFen - returnedFen - underWayFen };
}

/** More refunds than this failing of the orders of one round would be another kind of trouble. */
const OF_ORDERS_MAX = 5_000;

@Injectable()
export class UnreturnedPaymentReader {
  constructor(private readonly database: Database) {}

  /** Of which something is still here. The oldest first: ids sort by time. */
  async page({ first, after }: PageRequest): Promise<Page<UnreturnedPayment>> {
    const rows = await this.database.query<Raw>(select('r.payment_id > ?', 'HAVING captured > returned'), [
      after?.[0] ?? '',
      first + 1,
    ]);
    return pageOf(rows.map(rowOf), first, ({ paymentId }) => [paymentId]);
  }

  /** Also those of which everything has arrived meanwhile, in the order of payments. */
  async after(after: string, limit: number): Promise<UnreturnedPayment[]> {
    const rows = await this.database.query<Raw>(select('r.payment_id > ?'), [after, limit]);
    return rows.map(rowOf);
  }

  async byId(paymentId: string, on: Pick<Tx, 'query'> = this.database): Promise<UnreturnedPayment | null> {
    const [row] = await on.query<Raw>(select('r.payment_id = ?'), [paymentId, 1]);
    return row ? rowOf(row) : null;
  }

  /** The same, of some orders. */
  async ofOrders(orderIds: readonly string[]): Promise<UnreturnedPayment[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<Raw>(select('r.order_id IN (?)'), [orderIds, OF_ORDERS_MAX]);
    return rows.map(rowOf);
  }
}
