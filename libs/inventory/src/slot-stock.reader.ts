import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { notStopped } from './batch-stop.rules.js';
import type { SlotPlace } from './stock.rules.js';

/** One batch in one slot. */
export interface SlotStockRow extends SlotPlace {
  readonly variantId: string;
  readonly batchId: string;
  /** 9999-12-31 for what does not perish. */
  readonly bestBeforeOn: string;
  readonly onHand: number;
  readonly reserved: number;
  /** Nothing of its batch is sold. */
  readonly isStopped: boolean;
}

/** What a line of an order holds in a slot. */
export interface SlotHolding extends SlotPlace {
  readonly orderLineId: string;
}

@Injectable()
export class SlotStockReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What lies in the slots at these places now, what expires first first. */
  async ofPoints(channelPointIds: readonly string[]): Promise<SlotStockRow[]> {
    if (channelPointIds.length === 0) return [];
    const rows = await this.database.query<Omit<SlotStockRow, 'isStopped'> & { readonly isSold: number }>(
      `SELECT p.channel_point_id AS channelPointId, p.slot_code AS slotCode, l.variant_id AS variantId, l.batch_id AS batchId,
         l.best_before_on AS bestBeforeOn, l.on_hand AS onHand, l.reserved, ${notStopped('l.batch_id')} AS isSold
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.channel_point_id IN (?) AND p.slot_code <> '' AND l.on_hand > 0 ORDER BY l.best_before_on, l.id`,
      [channelPointIds],
    );
    return rows.map(({ isSold, ...row }) => ({ ...row, isStopped: Number(isSold) === 0 }));
  }

  /** What an order holds in slots; nothing for every order that is not bought at a cabinet. */
  async heldOf(tx: Tx, orderId: string): Promise<SlotHolding[]> {
    return tx.query<SlotHolding>(
      `SELECT r.order_line_id AS orderLineId, p.channel_point_id AS channelPointId, p.slot_code AS slotCode
       FROM stock_reservation r JOIN stock_level l ON l.id = r.stock_level_id JOIN stock_location p ON p.id = l.location_id
       WHERE r.order_id = ? AND r.state = 'HELD' AND p.slot_code <> '' ORDER BY r.order_line_id`,
      [orderId],
    );
  }

  /** Slots in which something has passed its day, or is of a batch that is not sold. */
  expired(): Promise<SlotPlace[]> {
    return this.database.query<SlotPlace>(
      `SELECT DISTINCT p.channel_point_id AS channelPointId, p.slot_code AS slotCode
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.slot_code <> '' AND l.on_hand > 0 AND (l.best_before_on < ? OR NOT ${notStopped('l.batch_id')})`,
      [businessDay(this.clock.now())],
    );
  }
}
