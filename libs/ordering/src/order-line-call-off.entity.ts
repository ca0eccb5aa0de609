import { Column, Entity } from 'typeorm';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { MerchantOrderId } from './merchant-order.entity.js';
import type { OrderLineId } from './order-line.entity.js';
import type { OrderId } from './order.entity.js';

/** BUYER: no longer wanted. MERCHANT: it cannot be sent. CABINET: it has not come out. */
export type CalledOffBy = 'BUYER' | 'MERCHANT' | 'CABINET';

/** Units of a line that will not be sent. Written once. */
@Entity('order_line_call_off')
export class OrderLineCallOff {
  @IdColumn({ primary: true }) orderLineId!: OrderLineId;
  /** The first one of a line is 1: what a poor harvest lacks is called off, and the rest perhaps later. */
  @Column('int', { primary: true, default: 1 }) number!: number;
  @IdColumn() orderId!: OrderId;
  @IdColumn() merchantOrderId!: MerchantOrderId;
  @Column('int') quantity!: number;
  @WordColumn() calledOffBy!: CalledOffBy;
  @InstantColumn() calledOffAt!: Date;
}
