import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';
import type { OrderLineId } from './order-line.entity.js';
import type { OrderId } from './order.entity.js';

export type AdoptionId = IdOf<'adp'>;

/** One object, adopted by one order: for as long as the order stands. */
@Entity('adoption')
export class Adoption {
  @IdColumn({ primary: true }) id!: AdoptionId;
  @IdColumn() orderId!: OrderId;
  @IdColumn() offerId!: IdOf<'aof'>;
  @IdColumn() objectId!: IdOf<'aob'>;
  @InstantColumn() adoptedAt!: Date;
}

/** One instalment of it: an order line of its own, so it is sent, called off, refunded and complained about by itself. */
@Entity('adoption_instalment')
export class AdoptionInstalment {
  @IdColumn({ primary: true }) orderLineId!: OrderLineId;
  @IdColumn() adoptionId!: AdoptionId;
  @IdColumn() orderId!: OrderId;
  @IdColumn() offerId!: IdOf<'aof'>;
  @Column('int') number!: number;
  /** The year of its harvest. */
  @Column('int') season!: number;
  /** As it is now; what was promised first stands on the line. */
  @Column('date') promisedOn!: string;
  /** In the grower's words; '' where nobody has moved it. */
  @Column('varchar', { length: 200 }) delayReason!: string;
  /** Once this day is over somebody looks whether it has left; null when there is nothing more to look for. */
  @Column('date', { nullable: true }) watchOn!: string | null;
}
