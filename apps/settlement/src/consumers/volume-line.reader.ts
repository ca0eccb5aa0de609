import { Injectable } from '@nestjs/common';
import { BatchReader } from '#libs/catalog';
import { UserReader } from '#libs/identity';
import { present } from '#libs/kernel';
import { type OrderLineRow, OrderReader, type OrderRow } from '#libs/ordering';
import type { VolumeLine } from '#libs/volume';
import type { Tx } from '#platform/database';
import { Pseudonyms } from '#platform/pseudonym';
import { volumeLineOf } from './volume-line.rules.js';

/** What an order and each of its parts know of the buyer. */
type Bought = Pick<OrderRow, 'buyerId' | 'recipient'>;

/** Order lines as volume sees them: what was frozen on them, the village of their batch, and who bought, as keys that tell nobody's name. */
@Injectable()
export class VolumeLineReader {
  constructor(
    private readonly orders: OrderReader,
    private readonly batches: BatchReader,
    private readonly users: UserReader,
    private readonly pseudonyms: Pseudonyms,
  ) {}

  /** Of many orders, with a number of statements that does not depend on how many they are. */
  async ofOrders(tx: Tx, orders: readonly OrderRow[]): Promise<ReadonlyMap<string, readonly VolumeLine[]>> {
    const lines = await this.orders.linesOfOrders(
      orders.map(({ id }) => id),
      tx,
    );
    const boughtOf = new Map(orders.map((order) => [order.id as string, order]));
    return this.volumeLines(
      tx,
      lines,
      (line) => present(boughtOf.get(line.orderId), line.orderId),
      'orderId',
    );
  }

  async ofMerchantOrder(tx: Tx, merchantOrderId: string, bought: Bought): Promise<readonly VolumeLine[]> {
    const lines = await this.orders.linesOfMerchantOrder(merchantOrderId, tx);
    const found = await this.volumeLines(tx, lines, () => bought, 'merchantOrderId');
    return found.get(merchantOrderId) ?? [];
  }

  private async volumeLines(
    tx: Tx,
    lines: readonly OrderLineRow[],
    boughtOf: (line: OrderLineRow) => Bought,
    by: 'orderId' | 'merchantOrderId',
  ): Promise<ReadonlyMap<string, readonly VolumeLine[]>> {
    if (lines.length === 0) return new Map();
    const buyers = await this.users.phonesOf([...new Set(lines.map((line) => boughtOf(line).buyerId))], tx);
    const batches = await this.batches.byIds([...new Set(lines.map(({ batchId }) => batchId))], tx);
    const phoneOf = new Map<string, string>(buyers.map(({ id, phone }) => [id, phone]));
    const villageOf = new Map(batches.map(({ id, originVillageCode }) => [id, originVillageCode ?? '']));
    const found = new Map<string, VolumeLine[]>();
    for (const line of lines) {
      const { buyerId, recipient } = boughtOf(line);
      const volumeLine = {
        ...volumeLineOf(line),
        // Who pays is who buys; a gift goes to somebody else's address. Whoever has left no number at a cabinet is somebody of their own.
        buyerKey: this.pseudonyms.ofPhone(phoneOf.get(buyerId) ?? (recipient.phone || buyerId)),
        addressKey: this.pseudonyms.ofAddress(recipient.countyCode, recipient.address),
        originVillageCode: villageOf.get(line.batchId) ?? '',
      };
      found.set(line[by], [...(found.get(line[by]) ?? []), volumeLine]);
    }
    return found;
  }
}
