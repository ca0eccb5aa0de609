import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';
import type { ParcelEventKind, ParcelTrouble } from './parcel-track.rules.js';
import type { Carrier } from './waybill.rules.js';

/** A parcel whose carrier tells where it is. */
@Entity('parcel_track')
export class ParcelTrack {
  @IdColumn({ primary: true }) fulfillmentId!: FulfillmentId;
  @IdColumn() merchantOrderId!: IdOf<'mor'>;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @WordColumn() carrier!: Carrier;
  @Column('varchar', { length: 60 }) trackingNo!: string;
  /** Carrier and number, as long as what is told of them is told of this parcel; null once another one has left under them. */
  @Column('varchar', { length: 80, nullable: true }) liveNo!: string | null;
  @InstantColumn() shippedAt!: Date;
  /** The last that is known; null until something is. */
  @WordColumn({ nullable: true }) kind!: ParcelEventKind | null;
  /** What somebody has to do something about; null where nothing is, or it has been received. */
  @WordColumn({ nullable: true }) trouble!: ParcelTrouble | null;
  /** When its carrier is asked next; null once nothing more is to come. */
  @InstantColumn({ nullable: true }) lookAt!: Date | null;
}

/** What its carrier has told, once. */
@Entity('parcel_event')
export class ParcelEvent {
  @IdColumn({ primary: true }) fulfillmentId!: FulfillmentId;
  /** Of the carrier. */
  @Column('varchar', { length: 80, primary: true }) ref!: string;
  @WordColumn() kind!: ParcelEventKind;
  @Column('varchar', { length: 60 }) place!: string;
  @InstantColumn() occurredAt!: Date;
  @InstantColumn() toldAt!: Date;
}
