import { Injectable } from '@nestjs/common';
import { AddressReader } from '#libs/address';
import { isGuestId, normalisePhone } from '#libs/identity';
import { BatchReader, type BatchRow } from '#libs/catalog';
import type { Allocation } from '#libs/inventory';
import { Clock, type DomainError, InvalidInputError, plus, refused } from '#libs/kernel';
import { Config } from '#platform/config';
import { Database, type Tx } from '#platform/database';
import { PAYMENT_WINDOW_MS } from './after-sale.rules.js';
import { CartReader } from './cart.reader.js';
import { isAtCabinet } from './merchant-order.rules.js';
import { OfferReader } from './offer.reader.js';
import { refuseAhead } from './presale-order.rules.js';
import {
  type EarlierOrder,
  type OfferedLine,
  type OrderInput,
  type OrderWish,
  type Recipient,
  eitherRecipient,
  emptyCart,
  guestPhone,
  refusePickUp,
  refusePlace,
} from './order.rules.js';

/** What placing an order must know. */
@Injectable()
export class CheckoutReader {
  constructor(
    private readonly database: Database,
    private readonly cart: CartReader,
    private readonly offers: OfferReader,
    private readonly batches: BatchReader,
    private readonly addresses: AddressReader,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** What this key has placed before. */
  async earlier(buyerId: string, idempotencyKey: string): Promise<EarlierOrder | null> {
    const asked = { buyerId, idempotencyKey };
    return (await this.earlierOf([asked], this.database)).get(buyerId) ?? null;
  }

  /** The same, and in the same statement how many orders of theirs wait to be paid, counted no further than one may have. */
  async standingOf(
    buyerId: string,
    idempotencyKey: string,
  ): Promise<{ readonly earlier: EarlierOrder | null; readonly unpaid: number }> {
    const { sql, values } = earlierSql([{ buyerId, idempotencyKey }]);
    const since = plus(this.clock.now(), -PAYMENT_WINDOW_MS);
    const rows = await this.database.query<RawEarlier & { readonly unpaid: string | number | null }>(
      `SELECT e.*, NULL AS unpaid FROM (${sql}) e
       UNION ALL SELECT NULL, NULL, NULL, NULL, COUNT(*) FROM (
         SELECT 1 FROM customer_order WHERE buyer_id = ? AND placed_at > ? AND state = 'PLACED' AND payment_term = 'PREPAID'
           AND unit_id = '' AND deposit_paid_at IS NULL LIMIT ?) n`,
      [...values, buyerId, since, this.config.personMax.unpaidOrders],
    );
    const [row = null] = rows.filter(({ unpaid }) => unpaid === null);
    const unpaid = Number(rows.find((each) => each.unpaid !== null)?.unpaid ?? 0);
    return { earlier: row && earlierOf(row), unpaid };
  }

  /** The same of many buyers, each with a key, by buyer. Whoever has an open transaction hands it on. */
  async earlierOf(
    asked: readonly { readonly buyerId: string; readonly idempotencyKey: string }[],
    on: Pick<Tx, 'query'>,
  ): Promise<ReadonlyMap<string, EarlierOrder>> {
    const { sql, values } = earlierSql(asked);
    const rows = await on.query<RawEarlier>(sql, values);
    return new Map(rows.map((row) => [row.buyerId, earlierOf(row)]));
  }

  /** Whom it goes to. Throws NotFound for addresses of others. */
  async recipientOf(
    buyerId: string,
    { recipient, addressId, handover }: Pick<OrderWish, 'recipient' | 'addressId' | 'handover'>,
  ): Promise<Recipient | InvalidInputError> {
    if (Boolean(recipient) === Boolean(addressId)) return new InvalidInputError([eitherRecipient]);
    if (!recipient) return this.addresses.destinationOf(buyerId, addressId ?? '');
    return isGuestId(buyerId) && !isAtCabinet(handover) ? reachable(recipient) : recipient;
  }

  /** What is wanted, by the request or by the cart, with what is offered for it. */
  async offered(
    buyerId: string,
    { lines, recipient, handover, paymentTerm, adoptionObjectIds }: OrderInput,
  ): Promise<OfferedLine[] | DomainError> {
    const wanted = lines ?? (await this.cart.linesOf(buyerId));
    if (wanted.length === 0) return new InvalidInputError([emptyCart]);
    const refusal = handover === 'PICK_UP' || isAtCabinet(handover) ? refusePickUp(wanted) : null;
    if (refusal) return refusal;
    // Whoever comes for it sends it nowhere, whatever county is named.
    const countyCode = handover === 'PICK_UP' ? '' : recipient.countyCode;
    const offered = await this.offers.offersFor(wanted, countyCode, adoptionObjectIds);
    if (refused(offered)) return offered;
    const nowhere = refusePlace(handover, offered);
    if (nowhere) return nowhere;
    return refuseAhead(offered, { handover, paymentTerm, adoptionObjectIds }) ?? offered;
  }

  batchesOf(tx: Tx, allocations: readonly Allocation[]): Promise<BatchRow[]> {
    return this.batches.keptByIds([...new Set(allocations.map((allocation) => allocation.batchId))], tx);
  }
}

type Asked = readonly { readonly buyerId: string; readonly idempotencyKey: string }[];

interface RawEarlier extends Omit<EarlierOrder, 'isClaimed'> {
  readonly buyerId: string;
  readonly isClaimed: string | number;
}

function earlierOf({ id, requestHash, isClaimed }: RawEarlier): EarlierOrder {
  return { id, requestHash, isClaimed: Boolean(Number(isClaimed)) };
}

/** What these keys have placed: of guests also what has become somebody else's since. */
function earlierSql(asked: Asked): { readonly sql: string; readonly values: string[] } {
  const own = pairsOf('o.buyer_id', asked);
  const guests = asked.filter(({ buyerId }) => isGuestId(buyerId));
  const given = pairsOf('g.guest_id', guests);
  const ofGuests =
    guests.length > 0
      ? ` UNION ALL SELECT o.id, g.guest_id, o.request_hash, TRUE
         FROM order_claim g JOIN customer_order o ON o.id = g.order_id WHERE ${given.sql}`
      : '';
  const sql = `SELECT o.id, o.buyer_id AS buyerId, o.request_hash AS requestHash, FALSE AS isClaimed
    FROM customer_order o WHERE ${own.sql}${ofGuests}`;
  return { sql, values: [...own.values, ...given.values] };
}

// Written out, because MariaDB looks through the whole table for a list of pairs.
function pairsOf(column: string, asked: Asked) {
  const keyColumn = column.replace(/\w+$/, 'idempotency_key');
  return {
    sql: asked.map(() => `(${column} = ? AND ${keyColumn} = ?)`).join(' OR '),
    values: asked.flatMap(({ buyerId, idempotencyKey }) => [buyerId, idempotencyKey]),
  };
}

/** By their phone a guest claims the order later, so it is one that can prove itself, in the one spelling. */
function reachable(recipient: Recipient): Recipient | InvalidInputError {
  const phone = normalisePhone(recipient.phone);
  return phone === null ? new InvalidInputError([guestPhone]) : { ...recipient, phone };
}
