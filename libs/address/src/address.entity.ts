import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn } from '#platform/database';

export type AddressId = IdOf<'adr'>;

/** Where a buyer wants things sent. Orders take a copy; changing or removing it changes no order. */
@Entity('buyer_address')
export class BuyerAddress {
  @IdColumn({ primary: true }) id!: AddressId;
  @IdColumn() buyerId!: IdOf<'usr'>;
  @Column('varchar', { length: 60 }) name!: string;
  @Column('varchar', { length: 20 }) phone!: string;
  @DivisionColumn() countyCode!: string;
  /** '' where nobody has said it. */
  @DivisionColumn({ default: '' }) townshipCode!: string;
  @Column('varchar', { length: 120 }) detail!: string;
  /** Of whom it is the default: its buyer, or nobody. */
  @IdColumn({ nullable: true }) defaultOf!: IdOf<'usr'> | null;
  /** Of all that is said above: the same address is in a book once. */
  @Column('binary', { length: 32 }) contentHash!: Buffer;
  @InstantColumn() changedAt!: Date;
}
