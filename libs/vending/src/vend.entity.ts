import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type VendId = IdOf<'vnd'>;
export type VendItemId = IdOf<'vni'>;
export type VendBreakId = IdOf<'vbr'>;

export const VEND_STATES = ['DELIVERING', 'DONE', 'PARTLY_DONE', 'NOT_DONE'] as const;
export type VendState = (typeof VEND_STATES)[number];

/**
 * WAITING; FINISHED: all of it came out. FAILED: it was begun, and not all came out. CANNOT_START: it was not begun. EXPIRED: the machine, or the line, was
 * too late. NO_ANSWER: nobody has said anything in time. TOO_LATE: the money came so late that nobody stood there any more, and nothing was asked for. WITHHELD: its
 * slot was locked, or the cabinet stopped, between order and payment, and nothing was asked for.
 */
export const VEND_ITEM_STATES = [
  'WAITING',
  'FINISHED',
  'FAILED',
  'CANNOT_START',
  'EXPIRED',
  'NO_ANSWER',
  'TOO_LATE',
  'WITHHELD',
] as const;
export type VendItemState = (typeof VEND_ITEM_STATES)[number];

/**
 * LATE_DROP: it came out although it has been paid back. TOO_MANY: more came out than was bought. UNASKED: it came out and nobody had bought it. CONTRADICTED: said
 * to have come out, and later not. TEST: a command that was paid for was answered as a test, or with the door open.
 * LATE_OPENING: a door or a cell was opened, we hear of it only now, and nobody says what became of what lay there.
 */
export const VEND_BREAK_KINDS = [
  'LATE_DROP',
  'TOO_MANY',
  'UNASKED',
  'CONTRADICTED',
  'TEST',
  'LATE_OPENING',
] as const;
export type VendBreakKind = (typeof VEND_BREAK_KINDS)[number];

/** A paid order that a cabinet hands out. */
@Entity('vend')
export class Vend {
  @IdColumn({ primary: true }) id!: VendId;
  @IdColumn() orderId!: IdOf<'ord'>;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @IdColumn() channelPointId!: IdOf<'chp'>;
  @DivisionColumn() countyCode!: string;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @WordColumn() state!: VendState;
  @InstantColumn() paidAt!: Date;
  @InstantColumn() begunAt!: Date;
  @InstantColumn({ nullable: true }) checkAt!: Date | null;
  @InstantColumn({ nullable: true }) concludedAt!: Date | null;
}

/** One line of it: so many out of one slot, by one command. */
@Entity('vend_item')
export class VendItem {
  @IdColumn({ primary: true }) id!: VendItemId;
  @IdColumn() vendId!: VendId;
  @IdColumn() orderLineId!: IdOf<'oln'>;
  @Column('varchar', { length: 8 }) slotCode!: string;
  @Column('int') quantity!: number;
  @FenColumn() fen!: Fen;
  @IdColumn() commandId!: IdOf<'ccm'>;
  @WordColumn() state!: VendItemState;
  @Column('int', { nullable: true }) deliveredUnits!: number | null;
  @Column('int', { nullable: true }) toldUnits!: number | null;
  @Column('boolean') isContradicted!: boolean;
  @InstantColumn({ nullable: true }) occurredAt!: Date | null;
}

/** What a cabinet has said that does not fit: for a person. */
@Entity('vend_break')
export class VendBreak {
  @IdColumn({ primary: true }) id!: VendBreakId;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @DivisionColumn() countyCode!: string;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @IdColumn({ nullable: true }) vendId!: VendId | null;
  @IdColumn() messageId!: IdOf<'cms'>;
  @Column('varchar', { length: 8 }) slotCode!: string;
  @WordColumn() kind!: VendBreakKind;
  @Column('int') units!: number;
  @Column('int') takenUnits!: number;
  @InstantColumn() foundAt!: Date;
  @InstantColumn({ nullable: true }) resolvedAt!: Date | null;
  @IdColumn({ nullable: true }) resolvedBy!: IdOf<'usr'> | null;
  @Column('varchar', { length: 200, nullable: true }) note!: string | null;
}
