import { Injectable } from '@nestjs/common';
import { BatchReader } from '#libs/catalog';
import { UserReader } from '#libs/identity';
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

  async ofOrder(tx: Tx, orderId: string, bought: Bought): Promise<VolumeLine[]> {
    return this.linesFor(tx, await this.orders.linesOfOrder(orderId, tx), bought);
  }

  async ofMerchantOrder(tx: Tx, merchantOrderId: string, bought: Bought): Promise<VolumeLine[]> {
    return this.linesFor(tx, await this.orders.linesOfMerchantOrder(merchantOrderId, tx), bought);
  }

  private async linesFor(tx: Tx, lines: readonly OrderLineRow[], bought: Bought): Promise<VolumeLine[]> {
    const { buyerId, recipient } = bought;
    const buyer = await this.users.byId(buyerId, tx);
    const batches = await this.batches.byIds([...new Set(lines.map(({ batchId }) => batchId))], tx);
    const villageOf = new Map(batches.map(({ id, originVillageCode }) => [id, originVillageCode ?? '']));
    const keys = {
      // Who pays is who buys; a gift goes to somebody else's address.
      buyerKey: this.pseudonyms.ofPhone(buyer?.phone ?? recipient.phone),
      addressKey: this.pseudonyms.ofAddress(recipient.countyCode, recipient.address),
    };
    return lines.map((line) => ({
      ...volumeLineOf(line),
      ...keys,
      originVillageCode: villageOf.get(line.batchId) ?? '',
    }));
  }
}
