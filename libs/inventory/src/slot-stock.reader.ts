import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { SlotPlace } from './stock.rules.js';

/** One batch in one slot. */
export interface SlotStockRow extends SlotPlace {
  readonly variantId: string;
  readonly batchId: string;
  /** 9999-12-31 for what does not perish. */
  readonly bestBeforeOn: string;
  readonly onHand: number;
  readonly reserved: number;
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
    return this.database.query<SlotStockRow>(
      `SELECT p.channel_point_id AS channelPointId, p.slot_code AS slotCode, l.variant_id AS variantId, l.batch_id AS batchId,
         l.best_before_on AS bestBeforeOn, l.on_hand AS onHand, l.reserved
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.channel_point_id IN (?) AND p.slot_code <> '' AND l.on_hand > 0 ORDER BY l.best_before_on, l.id`,
      [channelPointIds],
    );
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

  /** Slots in which something has passed its day. */
  expired(): Promise<SlotPlace[]> {
    return this.database.query<SlotPlace>(
      `SELECT DISTINCT p.channel_point_id AS channelPointId, p.slot_code AS slotCode
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.slot_code <> '' AND l.on_hand > 0 AND l.best_before_on < ?`,
      [businessDay(this.clock.now())],
    );
  }
}
