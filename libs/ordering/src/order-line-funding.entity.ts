import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import type { PromotionKind } from '#libs/promotion';
import { FenColumn, IdColumn, WordColumn } from '#platform/database';
import type { OrderId } from './order.entity.js';
import type { OrderLineId } from './order-line.entity.js';

/** Who pays what of a line besides its buyer, and why; what the seller takes off is one of them. Never changed. */
@Entity('order_line_funding')
export class OrderLineFunding {
  @IdColumn({ primary: true }) orderLineId!: OrderLineId;
  @IdColumn({ primary: true }) promotionId!: string;
  /** '' of a price cut. */
  @IdColumn({ primary: true }) couponId!: string;
  @IdColumn() orderId!: OrderId;
  @WordColumn() kind!: PromotionKind;
  @Column('varchar', { length: 60 }) name!: string;
  /** The merchant, PLATFORM, or the code of the division whose finance bureau pays. */
  @IdColumn() funder!: string;
  @FenColumn() amountFen!: Fen;
}
