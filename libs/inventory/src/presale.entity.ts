import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type PresaleId = IdOf<'psl'>;
export type PresaleDayId = IdOf<'psd'>;

/** FULL: all of it when it is ordered. DEPOSIT: a part then, and the rest before it is harvested. */
export const PRESALE_PAYMENTS = ['FULL', 'DEPOSIT'] as const;
export type PresalePayment = (typeof PRESALE_PAYMENTS)[number];

export const PRESALE_STATES = ['OPEN', 'CLOSED'] as const;
export type PresaleState = (typeof PRESALE_STATES)[number];

/** A harvest that can be ordered before it is there. Its days say how much of it can leave when. */
@Entity('presale')
export class Presale {
  @IdColumn({ primary: true }) id!: PresaleId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @IdColumn() productId!: IdOf<'prd'>;
  /** The harvest to come: where it grows, and whose linkage agreement it feeds. */
  @IdColumn() batchId!: IdOf<'bat'>;
  @Column('date') firstOn!: string;
  @Column('date') lastOn!: string;
  @InstantColumn() ordersOpenAt!: Date;
  @InstantColumn() ordersCloseAt!: Date;
  @WordColumn() payment!: PresalePayment;
  /** Of what the buyer pays for goods; 0 where all of it is paid at once. */
  @Column('int') depositBps!: number;
  /** The last day to pay the rest; null where there is none. */
  @Column('date', { nullable: true }) balanceDueOn!: string | null;
  @WordColumn() state!: PresaleState;
  @IdColumn() openedBy!: IdOf<'usr'>;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
}

/** A variant that is sold by a presale while it can be ordered from. */
@Entity('presale_variant')
export class PresaleVariant {
  @IdColumn({ primary: true }) presaleId!: PresaleId;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  /** Of one unit: what it takes of a day. */
  @Column('int') netWeightG!: number;
  /** The variant while its presale is open, so that it has one at a time; else null. */
  @IdColumn({ nullable: true }) openVariantId!: IdOf<'var'> | null;
}

/** What can leave on one day, in grams, whatever variants it is packed as. 0 ≤ reserved + shipped ≤ capacity ≤ announced, always. */
@Entity('presale_day')
export class PresaleDay {
  @IdColumn({ primary: true }) id!: PresaleDayId;
  @IdColumn() presaleId!: PresaleId;
  @Column('date') day!: string;
  /** What its merchant has said can leave. */
  @Column('int') announcedG!: number;
  /** Of it, what may be promised by now: all of it, unless a part is more than its village can grow and waits for an official. */
  @Column('int') capacityG!: number;
  /** Promised, and not on its way. */
  @Column('int') reservedG!: number;
  @Column('int') shippedG!: number;
}
