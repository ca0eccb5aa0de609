import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type OfftakeId = IdOf<'oft'>;

export const OFFTAKE_STATES = ['TOLD', 'CONFIRMED', 'DENIED', 'WITHDRAWN'] as const;
export type OfftakeState = (typeof OFFTAKE_STATES)[number];

/** What an operator has bought of a merchant outright, to sell it as its own. It is no sale to anybody who eats it, and is in no figure of volume. */
@Entity('offtake')
export class Offtake {
  @IdColumn({ primary: true }) id!: OfftakeId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @IdColumn() channelPointId!: IdOf<'chp'>;
  @IdColumn() variantId!: IdOf<'var'>;
  @IdColumn() merchantId!: IdOf<'mer'>;
  /** Of the merchant, as it was then. */
  @DivisionColumn() sellerCountyCode!: string;
  @Column('int') quantity!: number;
  @FenColumn() amountFen!: Fen;
  @Column('date') boughtOn!: string;
  /** Of the delivery note or the invoice. */
  @Column('varchar', { length: 60 }) documentNo!: string;
  @WordColumn() state!: OfftakeState;
  @IdColumn() toldBy!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @InstantColumn() toldAt!: Date;
  /** Null while the merchant has not answered. */
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  /** Null while the merchant has not answered. */
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  /** Why it was denied; '' otherwise. */
  @Column('varchar', { length: 300 }) reason!: string;
}
