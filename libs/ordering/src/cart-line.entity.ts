import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn } from '#platform/database';

/** What a buyer means to buy, and through which place of sale. Promises nothing: neither price nor stock. */
@Entity('cart_line')
export class CartLine {
  @IdColumn({ primary: true }) buyerId!: IdOf<'usr'>;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  /** '' for the online shop itself. */
  @IdColumn({ primary: true }) channelPointId!: IdOf<'chp'> | '';
  @Column('int') quantity!: number;
  @InstantColumn() addedAt!: Date;
  /** When the buyer last said how many; null on lines older than the column. */
  @InstantColumn({ nullable: true }) changedAt!: Date | null;
  /** What the buyer was shown when they last said how many; null on lines older than the column. */
  @FenColumn({ nullable: true }) unitPriceFen!: Fen | null;
  /** Likewise, of what would have been sent first; null also for what does not perish. */
  @Column('date', { nullable: true }) bestBeforeOn!: string | null;
}
