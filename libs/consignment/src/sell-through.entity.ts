import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { SellThroughCells, SellThroughFault } from './sell-through.rules.js';

export type SellThroughId = IdOf<'sth'>;
export type SellThroughLineId = IdOf<'stl'>;
export type SellThroughChunkId = IdOf<'stc'>;

export const SELL_THROUGH_STATES = ['CHECKED', 'CONFIRMED', 'DONE'] as const;
export type SellThroughState = (typeof SELL_THROUGH_STATES)[number];

export const SELL_THROUGH_OUTCOMES = ['NEW', 'CHANGED', 'SAME', 'FAULTY'] as const;
export type SellThroughOutcome = (typeof SELL_THROUGH_OUTCOMES)[number];

/** What an operator says was sold at its tills in a month: a file that was checked, and taken once it was confirmed. */
@Entity('sell_through')
export class SellThrough {
  @IdColumn({ primary: true }) id!: SellThroughId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  /** Its first day. */
  @Column('date') month!: string;
  /** The same until all of it is taken: of a month one file waits at a time. */
  @Column('date', { nullable: true }) openMonth!: string | null;
  @Column('varchar', { length: 120 }) fileName!: string;
  @Column('binary', { length: 32 }) contentHash!: Buffer;
  @WordColumn() state!: SellThroughState;
  @Column('int') rowCount!: number;
  @Column('int') faultyCount!: number;
  @Column('int') newCount!: number;
  @Column('int') changedCount!: number;
  /** Of the rows without faults. */
  @FenColumn() amountFen!: Fen;
  /** Why a month is corrected that has been closed; '' otherwise. */
  @Column('varchar', { length: 300 }) reason!: string;
  /** The last row of the file that has been taken. */
  @Column('int') takenThrough!: number;
  @IdColumn() createdBy!: IdOf<'usr'>;
  @InstantColumn() createdAt!: Date;
  /** Null until it is confirmed. */
  @IdColumn({ nullable: true }) confirmedBy!: IdOf<'usr'> | null;
  /** Null until it is confirmed. */
  @InstantColumn({ nullable: true }) confirmedAt!: Date | null;
  /** Null until all of it is taken. */
  @InstantColumn({ nullable: true }) doneAt!: Date | null;
}

/** A row of the file, as it was typed and as it was read. */
@Entity('sell_through_row')
export class SellThroughRow {
  @IdColumn({ primary: true }) sellThroughId!: SellThroughId;
  @Column('int', { primary: true }) rowNo!: number;
  @Column('json') cells!: SellThroughCells;
  @Column('json') faults!: readonly SellThroughFault[];
  @WordColumn() outcome!: SellThroughOutcome;
  /** '' where it is faulty, like what follows. */
  @Column('varchar', { length: 64 }) rowKey!: string;
  @IdColumn() channelPointId!: string;
  @IdColumn() variantId!: string;
  /** Null where it is faulty. */
  @Column('date', { nullable: true }) soldOn!: string | null;
  @Column('int') quantity!: number;
  @FenColumn() amountFen!: Fen;
}

/** What was sold, as it was last told: by operator, month and key there is one. */
@Entity('sell_through_line')
export class SellThroughLine {
  @IdColumn({ primary: true }) id!: SellThroughLineId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @Column('date') month!: string;
  @Column('varchar', { length: 64 }) rowKey!: string;
  /** How often it was told differently. */
  @Column('int') revision!: number;
  @IdColumn() channelPointId!: IdOf<'chp'>;
  @IdColumn() variantId!: IdOf<'var'>;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @Column('date') soldOn!: string;
  /** 0 for what was taken back. */
  @Column('int') quantity!: number;
  @FenColumn() amountFen!: Fen;
  /** Units sold of which none lay there by the book. */
  @Column('int') shortUnits!: number;
}

/** What a revision of a line took of which batch; '' for what none was there of. */
@Entity('sell_through_part')
export class SellThroughPart {
  @IdColumn({ primary: true }) lineId!: SellThroughLineId;
  @Column('int', { primary: true }) revision!: number;
  @Column('int', { primary: true }) partNo!: number;
  @IdColumn() batchId!: string;
  @Column('int') quantity!: number;
  @FenColumn() amountFen!: Fen;
}

/** Rows for the register that were made together, in its own form; handed over in the order of their ids. */
@Entity('sell_through_chunk')
export class SellThroughChunk {
  @IdColumn({ primary: true }) id!: SellThroughChunkId;
  @IdColumn() sellThroughId!: SellThroughId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @Column('mediumtext') content!: string;
  /** Null until the register has it. */
  @InstantColumn({ nullable: true }) countedAt!: Date | null;
  /** Rows that the register did not take. */
  @Column('int') rejectedCount!: number;
}
