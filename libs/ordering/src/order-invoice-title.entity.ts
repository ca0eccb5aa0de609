import { Column, Entity } from 'typeorm';
import { IdColumn } from '#platform/database';
import type { OrderId } from './order.entity.js';

/** By which title of the unit's book an order is billed, as it was when the order was placed. */
@Entity('order_invoice_title')
export class OrderInvoiceTitle {
  @IdColumn({ primary: true }) orderId!: OrderId;
  @Column('varchar', { length: 120 }) title!: string;
  @Column('varchar', { length: 20 }) taxNo!: string;
}
