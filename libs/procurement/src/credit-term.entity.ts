import { Column, Entity } from 'typeorm';
import type { ApprovalRequestId } from '#libs/approval';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { ProcurementUnitId } from './procurement-unit.entity.js';

export type CreditTermId = IdOf<'ctm'>;

export const CREDIT_TERM_STATES = ['PROPOSED', 'IN_FORCE', 'REJECTED', 'WITHDRAWN'] as const;
export type CreditTermState = (typeof CREDIT_TERM_STATES)[number];

/** How much a unit may owe and how long. Of a unit's versions the highest one that is in force holds. */
@Entity('credit_term')
export class CreditTerm {
  @IdColumn({ primary: true }) id!: CreditTermId;
  @IdColumn() unitId!: ProcurementUnitId;
  @Column('int') version!: number;
  @FenColumn() limitFen!: Fen;
  @Column('int') daysToPay!: number;
  @WordColumn() state!: CreditTermState;
  @IdColumn() approvalRequestId!: ApprovalRequestId;
  @IdColumn() proposedBy!: IdOf<'usr'>;
  @InstantColumn() proposedAt!: Date;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}

/** What one order takes of its unit's credit until it has been paid. */
@Entity('credit_use')
export class CreditUse {
  @IdColumn({ primary: true }) orderId!: string;
  @IdColumn() unitId!: ProcurementUnitId;
  @IdColumn() creditTermId!: CreditTermId;
  @FenColumn() amountFen!: Fen;
  @FenColumn() openFen!: Fen;
  @InstantColumn() updatedAt!: Date;
}
