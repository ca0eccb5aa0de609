import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { TrayDoubt } from './tray-weight.rules.js';

export type DoorOpeningId = IdOf<'dop'>;

/**
 * AWAITING_HOLD: the buyer's bank has to keep money ready. READY: it does; the buyer may open. OPENING: the cabinet is told. OPEN. BILLING: it is known what was taken. REVIEW: a
 * person has to say what was. BILLED: there is an order for it. DEBT: of which something is owed. PAID. NOTHING_TAKEN. NOT_OPENED: it never opened. WAIVED: nobody could say what
 * was taken, or in time, or somebody has waived what was owed; nothing is asked for.
 */
export const DOOR_OPENING_STATES = [
  'AWAITING_HOLD',
  'READY',
  'OPENING',
  'OPEN',
  'BILLING',
  'REVIEW',
  'BILLED',
  'DEBT',
  'PAID',
  'NOTHING_TAKEN',
  'NOT_OPENED',
  'WAIVED',
] as const;
export type DoorOpeningState = (typeof DOOR_OPENING_STATES)[number];

/**
 * Why a person has to look: what was taken is not clear from the weights (a doubt about a tray). NO_WORD: the cabinet has not said what its trays weigh. LATE_WORD: it has, after
 * we had taken it that it never opened. NOT_SOLD: what was taken cannot be ordered, for its book says that it does not lie there, or it is no longer on sale.
 */
export const DOOR_REVIEW_REASONS = ['WEIGHTS', 'NO_WORD', 'LATE_WORD', 'NOT_SOLD'] as const;
export type DoorReviewReason = (typeof DOOR_REVIEW_REASONS)[number];

/** A buyer has the door of a cabinet opened, takes, shuts it, and is billed for what is missing. */
@Entity('door_opening')
export class DoorOpening {
  @IdColumn({ primary: true }) id!: DoorOpeningId;
  @IdColumn() buyerId!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @IdColumn() channelPointId!: IdOf<'chp'>;
  @DivisionColumn() countyCode!: string;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @WordColumn() state!: DoorOpeningState;
  /** Its cabinet, while its door may be open: one at a time. */
  @IdColumn({ nullable: true }) activeCabinetId!: IdOf<'cab'> | null;
  /** Its buyer, from the beginning until the door is shut: one at a time. */
  @IdColumn({ nullable: true }) activeBuyerId!: IdOf<'usr'> | null;
  @IdColumn() holdId!: IdOf<'pay'>;
  @FenColumn() heldFen!: Fen;
  @IdColumn() commandId!: IdOf<'ccm'>;
  @InstantColumn() startedAt!: Date;
  @InstantColumn({ nullable: true }) askedAt!: Date | null;
  @InstantColumn({ nullable: true }) openedAt!: Date | null;
  /** When the door was shut, by the cabinet's telling. */
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
  @IdColumn({ nullable: true }) messageId!: IdOf<'cms'> | null;
  @WordColumn({ nullable: true }) reviewReason!: DoorReviewReason | null;
  @IdColumn({ nullable: true }) orderId!: IdOf<'ord'> | null;
  @FenColumn({ nullable: true }) billedFen!: Fen | null;
  @InstantColumn({ nullable: true }) billedAt!: Date | null;
  /** When the clock looks at it again. */
  @InstantColumn({ nullable: true }) checkAt!: Date | null;
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  @Column('varchar', { length: 200, nullable: true }) decidedNote!: string | null;
}

/** What one tray weighed before and after: the evidence. */
@Entity('door_opening_tray')
export class DoorOpeningTray {
  @IdColumn({ primary: true }) openingId!: DoorOpeningId;
  @Column('varchar', { primary: true, length: 8 }) slotCode!: string;
  @Column('int') beforeG!: number;
  @Column('int') afterG!: number;
  @Column('boolean') isSettled!: boolean;
  @WordColumn({ nullable: true }) doubt!: TrayDoubt | null;
}

/** What was taken, by the weights or by whoever has decided; at the price tag of the moment when the door opened. */
@Entity('door_opening_item')
export class DoorOpeningItem {
  @IdColumn({ primary: true }) openingId!: DoorOpeningId;
  @Column('varchar', { primary: true, length: 8 }) slotCode!: string;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  @Column('int') quantity!: number;
  @FenColumn() priceFen!: Fen;
}

/** What stood on which tray, at which price and how heavy, when the door was opened: what is changed afterwards changes no bill. */
@Entity('door_opening_good')
export class DoorOpeningGood {
  @IdColumn({ primary: true }) openingId!: DoorOpeningId;
  @Column('varchar', { primary: true, length: 8 }) slotCode!: string;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  @FenColumn() priceFen!: Fen;
  @Column('int') unitG!: number;
  @Column('int') toleranceG!: number;
}
