import { Column, Entity } from 'typeorm';
import type { ApprovalRequestId } from '#libs/approval';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { RestockRouteId } from './restock-route.entity.js';

export type VanWriteOffId = IdOf<'vwo'>;

export const VAN_WRITE_OFF_STATES = ['REQUESTED', 'BOOKED', 'REJECTED', 'WITHDRAWN'] as const;
export type VanWriteOffState = (typeof VAN_WRITE_OFF_STATES)[number];

/** Of a van that is back, what nobody knows where it is: given up by two people. What it says never changes. */
@Entity('van_write_off')
export class VanWriteOff {
  @IdColumn({ primary: true }) id!: VanWriteOffId;
  @IdColumn() routeId!: RestockRouteId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  /** Of the operator: whose officials decide. */
  @DivisionColumn() countyCode!: string;
  @Column('varchar', { length: 400 }) reason!: string;
  @Column('varchar', { length: 80 }) causeKey!: string;
  @Column('char', { length: 64 }) contentHash!: string;
  @IdColumn() requestedBy!: IdOf<'usr'>;
  @IdColumn() approvalRequestId!: ApprovalRequestId;
  @WordColumn() state!: VanWriteOffState;
  @InstantColumn() requestedAt!: Date;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}

/** Units of one batch, and how many of them were accounted for after all. */
@Entity('van_write_off_line')
export class VanWriteOffLine {
  @IdColumn({ primary: true }) writeOffId!: VanWriteOffId;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  @IdColumn({ primary: true }) batchId!: IdOf<'bat'>;
  @Column('date') bestBeforeOn!: string;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @Column('int') quantity!: number;
  @Column('int') foundUnits!: number;
}
