import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn } from '#platform/database';

/** What the slots of a cabinet are for; set as a whole. */
@Entity('planogram')
export class Planogram {
  @IdColumn({ primary: true }) cabinetId!: IdOf<'cab'>;
  @Column('int') revision!: number;
  /** '' before the first time. */
  @IdColumn() setBy!: IdOf<'usr'> | '';
  @InstantColumn() setAt!: Date;
}

/** What one slot is for, its price tag, and how much should lie in it. */
@Entity('planogram_slot')
export class PlanogramSlot {
  @IdColumn({ primary: true }) cabinetId!: IdOf<'cab'>;
  @Column('varchar', { primary: true, length: 8 }) slotCode!: string;
  @IdColumn() variantId!: IdOf<'var'>;
  @FenColumn() priceFen!: Fen;
  @Column('int') parLevel!: number;
}

/** One of the things that stand on a tray that weighs: in the place of a slot of the planogram, because there may be several. */
@Entity('tray_good')
export class PlanogramTrayGood {
  @IdColumn({ primary: true }) cabinetId!: IdOf<'cab'>;
  @Column('varchar', { primary: true, length: 8 }) slotCode!: string;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  @FenColumn() priceFen!: Fen;
  @Column('int') parLevel!: number;
  /** With its packing. */
  @Column('int') unitG!: number;
  @Column('int') toleranceG!: number;
}

/** Somebody has looked what lies in a slot: how much there was, and how much there should have been. */
@Entity('slot_count')
export class SlotCount {
  @IdColumn({ primary: true }) id!: IdOf<'slc'>;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @Column('varchar', { length: 8 }) slotCode!: string;
  @Column('varchar', { length: 80 }) causeKey!: string;
  @Column('int') expectedUnits!: number;
  @Column('int') countedUnits!: number;
  @IdColumn() countedBy!: IdOf<'usr'>;
  @InstantColumn() countedAt!: Date;
}
