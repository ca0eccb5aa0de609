import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type PickUpId = IdOf<'pku'>;

/**
 * WAITING: it lies in its cell. OPENING: the cabinet is told to open it. STUCK: it did not open. OPENED: it did, and so it is handed over; for a while the cell can be opened once more. TAKEN: the
 * cell is free. OVERDUE: nobody has come in time, and whoever runs the cabinet takes it out. TAKEN_BACK: to be put into a cell again. MOVED: it was. RETURNED: it was not, and its money goes back.
 */
export const PICK_UP_STATES = [
  'WAITING',
  'OPENING',
  'STUCK',
  'OPENED',
  'TAKEN',
  'OVERDUE',
  'TAKEN_BACK',
  'MOVED',
  'RETURNED',
] as const;
export type PickUpState = (typeof PICK_UP_STATES)[number];

/** What a cell was opened for: to put the parcel in, to hand it over, or to take it out again. */
export const CELL_PURPOSES = ['PLACE', 'HAND_OVER', 'TAKE_BACK'] as const;
export type CellPurpose = (typeof CELL_PURPOSES)[number];

/** The parcel of a merchant order in a cell of a cabinet, until its buyer has come for it. */
@Entity('pick_up')
export class PickUp {
  @IdColumn({ primary: true }) id!: PickUpId;
  @IdColumn() orderId!: IdOf<'ord'>;
  @IdColumn() merchantOrderId!: IdOf<'mor'>;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @IdColumn() channelPointId!: IdOf<'chp'>;
  @DivisionColumn() countyCode!: string;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @Column('varchar', { length: 8 }) cellCode!: string;
  @WordColumn() state!: PickUpState;
  /** Which of its possible codes it has: none that another parcel in the same cabinet has. */
  @Column('int') codeNo!: number;
  /** Its cabinet, while the cell is not free: one parcel in a cell. */
  @IdColumn({ nullable: true }) activeCabinetId!: IdOf<'cab'> | null;
  /** Its merchant order, likewise: a parcel is in one cell. */
  @IdColumn({ nullable: true }) activeMerchantOrderId!: IdOf<'mor'> | null;
  @IdColumn() placedBy!: IdOf<'usr'>;
  @InstantColumn() placedAt!: Date;
  @InstantColumn() keptUntil!: Date;
  @InstantColumn({ nullable: true }) askedAt!: Date | null;
  /** When the cell was opened for whoever came, by the cabinet's telling. */
  @InstantColumn({ nullable: true }) takenAt!: Date | null;
  @IdColumn({ nullable: true }) takenBackBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) takenBackAt!: Date | null;
  /** When the clock looks at it again. */
  @InstantColumn({ nullable: true }) checkAt!: Date | null;
}

/** A cell was to be opened, by this command. */
@Entity('pick_up_opening')
export class PickUpOpening {
  @IdColumn({ primary: true }) commandId!: IdOf<'ccm'>;
  @IdColumn() pickUpId!: PickUpId;
  @WordColumn() purpose!: CellPurpose;
  /** Null of whoever only knew the code. */
  @IdColumn({ nullable: true }) askedBy!: IdOf<'usr'> | null;
  @InstantColumn() askedAt!: Date;
}

/** How often codes were guessed at a cabinet. */
@Entity('pick_up_guard')
export class PickUpGuard {
  @IdColumn({ primary: true }) cabinetId!: IdOf<'cab'>;
  @Column('int') wrongCount!: number;
  @InstantColumn({ nullable: true }) lastWrongAt!: Date | null;
  @InstantColumn({ nullable: true }) pausedUntil!: Date | null;
}
