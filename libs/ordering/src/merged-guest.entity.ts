import { Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** Who a guest has become, and when last; kept for as long as what the guest had asked for may still be on its way, and some time beyond. */
@Entity('merged_guest')
export class MergedGuest {
  @IdColumn({ primary: true }) guestId!: IdOf<'usr'>;
  @IdColumn() buyerId!: IdOf<'usr'>;
  @InstantColumn() mergedAt!: Date;
}
