import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** What a buyer means to buy, and through which place of sale. Promises nothing: neither price nor stock. */
@Entity('cart_line')
export class CartLine {
  @IdColumn({ primary: true }) buyerId!: IdOf<'usr'>;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  /** '' for the online shop itself. */
  @IdColumn({ primary: true }) channelPointId!: IdOf<'chp'> | '';
  @Column('int') quantity!: number;
  @InstantColumn() addedAt!: Date;
}
