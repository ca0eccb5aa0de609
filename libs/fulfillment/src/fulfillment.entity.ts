import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

export type FulfillmentId = IdOf<'ful'>;

/** One shipment of a merchant order. A merchant order goes out whole for now, so it has at most one. */
@Entity('fulfillment')
export class Fulfillment {
  @IdColumn({ primary: true }) id!: FulfillmentId;
  @IdColumn() merchantOrderId!: IdOf<'mor'>;
  @Column('varchar', { length: 40 }) carrier!: string;
  @Column('varchar', { length: 60 }) trackingNo!: string;
  @InstantColumn() shippedAt!: Date;
  @InstantColumn({ nullable: true }) receivedAt!: Date | null;
}

/** What of which line is in the parcel. */
@Entity('fulfillment_line')
export class FulfillmentLine {
  @IdColumn({ primary: true }) fulfillmentId!: FulfillmentId;
  @IdColumn({ primary: true }) orderLineId!: IdOf<'oln'>;
  @Column('int') quantity!: number;
}
