import { Injectable } from '@nestjs/common';
import { AddressReader } from '#libs/address';
import { isGuestId, normalisePhone } from '#libs/identity';
import { BatchReader, type BatchRow } from '#libs/catalog';
import type { Allocation } from '#libs/inventory';
import { type DomainError, InvalidInputError, refused } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { CartReader } from './cart.reader.js';
import { OfferReader } from './offer.reader.js';
import { refuseAhead } from './presale-order.rules.js';
import type { OrderId } from './order.entity.js';
import {
  type OfferedLine,
  type OrderInput,
  type OrderWish,
  type Recipient,
  eitherRecipient,
  emptyCart,
  guestPhone,
  refusePickUp,
} from './order.rules.js';

export interface EarlierOrder {
  readonly id: OrderId;
  readonly requestHash: Buffer;
}

/** What placing an order must know. */
@Injectable()
export class CheckoutReader {
  constructor(
    private readonly database: Database,
    private readonly cart: CartReader,
    private readonly offers: OfferReader,
    private readonly batches: BatchReader,
    private readonly addresses: AddressReader,
  ) {}

  /** What this key has placed before. */
  async earlier(buyerId: string, idempotencyKey: string): Promise<EarlierOrder | null> {
    const [row] = await this.database.query<EarlierOrder>(
      'SELECT id, request_hash AS requestHash FROM customer_order WHERE buyer_id = ? AND idempotency_key = ?',
      [buyerId, idempotencyKey],
    );
    return row ?? null;
  }

  /** The same of many buyers, each with a key, by buyer. Whoever has an open transaction hands it on. */
  async earlierOf(
    asked: readonly { readonly buyerId: string; readonly idempotencyKey: string }[],
    on: Pick<Tx, 'query'>,
  ): Promise<ReadonlyMap<string, EarlierOrder>> {
    // Written out, because MariaDB looks through the whole table for a list of pairs.
    const pairs = asked.map(() => '(buyer_id = ? AND idempotency_key = ?)').join(' OR ');
    const rows = await on.query<EarlierOrder & { readonly buyerId: string }>(
      `SELECT id, buyer_id AS buyerId, request_hash AS requestHash FROM customer_order WHERE ${pairs}`,
      asked.flatMap(({ buyerId, idempotencyKey }) => [buyerId, idempotencyKey]),
    );
    return new Map(rows.map(({ buyerId, ...earlier }) => [buyerId, earlier]));
  }

  /** Whom it goes to. Throws NotFound for addresses of others. */
  async recipientOf(
    buyerId: string,
    { recipient, addressId, handover }: Pick<OrderWish, 'recipient' | 'addressId' | 'handover'>,
  ): Promise<Recipient | InvalidInputError> {
    if (Boolean(recipient) === Boolean(addressId)) return new InvalidInputError([eitherRecipient]);
    if (!recipient) return this.addresses.destinationOf(buyerId, addressId ?? '');
    return isGuestId(buyerId) && handover !== 'VEND' ? reachable(recipient) : recipient;
  }

  /** What is wanted, by the request or by the cart, with what is offered for it. */
  async offered(
    buyerId: string,
    { lines, recipient, handover, paymentTerm, adoptionObjectIds }: OrderInput,
  ): Promise<OfferedLine[] | DomainError> {
    const wanted = lines ?? (await this.cart.linesOf(buyerId));
    if (wanted.length === 0) return new InvalidInputError([emptyCart]);
    const refusal = handover === 'PICK_UP' || handover === 'VEND' ? refusePickUp(wanted) : null;
    if (refusal) return refusal;
    // Whoever comes for it sends it nowhere, whatever county is named.
    const countyCode = handover === 'PICK_UP' ? '' : recipient.countyCode;
    const offered = await this.offers.offersFor(wanted, countyCode, adoptionObjectIds);
    if (refused(offered)) return offered;
    return refuseAhead(offered, { handover, paymentTerm, adoptionObjectIds }) ?? offered;
  }

  batchesOf(tx: Tx, allocations: readonly Allocation[]): Promise<BatchRow[]> {
    return this.batches.keptByIds([...new Set(allocations.map((allocation) => allocation.batchId))], tx);
  }
}

/** By their phone a guest claims the order later, so it is one that can prove itself, in the one spelling. */
function reachable(recipient: Recipient): Recipient | InvalidInputError {
  const phone = normalisePhone(recipient.phone);
  return phone === null ? new InvalidInputError([guestPhone]) : { ...recipient, phone };
}
