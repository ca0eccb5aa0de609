import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import type { ReceivedBy } from '#libs/ordering';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type FulfillmentId = IdOf<'ful'>;

/** One parcel of a merchant order, or its goods put ready to be picked up. What replaces some of it later goes out by itself. */
@Entity('fulfillment')
export class Fulfillment {
  @IdColumn({ primary: true }) id!: FulfillmentId;
  @IdColumn() merchantOrderId!: IdOf<'mor'>;
  /** Null, like its number, where no carrier takes it: it waits at its place of sale. */
  @Column('varchar', { length: 40, nullable: true }) carrier!: string | null;
  @Column('varchar', { length: 60, nullable: true }) trackingNo!: string | null;
  @InstantColumn() shippedAt!: Date;
  @InstantColumn({ nullable: true }) receivedAt!: Date | null;
  @WordColumn({ nullable: true }) receivedBy!: ReceivedBy | null;
  /** Nobody having said anything by then, it counts as received. Null of replacements, whose case counts for them, and of what lies in a cell, of which the cell knows. */
  @InstantColumn({ nullable: true }) autoReceiptAt!: Date | null;
  /** The case whose replacement it is; null for what was ordered. */
  @IdColumn({ nullable: true }) replacesRef!: string | null;
}

/** What of which line is in the parcel, or waits. */
@Entity('fulfillment_line')
export class FulfillmentLine {
  @IdColumn({ primary: true }) fulfillmentId!: FulfillmentId;
  @IdColumn({ primary: true }) orderLineId!: IdOf<'oln'>;
  @Column('int') quantity!: number;
}
