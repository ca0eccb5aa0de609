import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn } from '#platform/database';
import type { OrderId } from './order.entity.js';

/** By which key a guest placed an order that is somebody's who is known by now: the guest's token finds that it was placed, and places no second one. */
@Entity('order_claim')
export class OrderClaim {
  @IdColumn({ primary: true }) guestId!: IdOf<'usr'>;
  @Column('varchar', { length: 80, primary: true }) idempotencyKey!: string;
  @IdColumn() orderId!: OrderId;
}
