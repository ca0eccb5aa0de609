import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type PoolAssignmentId = IdOf<'pas'>;

export const POOL_ASSIGNMENT_STATES = ['PROPOSED', 'POSTED', 'REJECTED', 'WITHDRAWN'] as const;
export type PoolAssignmentState = (typeof POOL_ASSIGNMENT_STATES)[number];

/** Which lines' pools go to whom. Its lines and households are written with it and never changed. */
@Entity('pool_assignment')
export class PoolAssignment {
  @IdColumn({ primary: true }) id!: PoolAssignmentId;
  /** '' where the goods came from nowhere known. */
  @DivisionColumn() countyCode!: string;
  @Column('varchar', { length: 400 }) note!: string;
  @WordColumn() state!: PoolAssignmentState;
  @IdColumn() createdBy!: string;
  @InstantColumn() createdAt!: Date;
  @Column('varchar', { length: 64 }) idempotencyKey!: string;
  @IdColumn() approvalId!: IdOf<'apr'>;
  /** Until it is posted: refunds may still take from the pool. */
  @FenColumn({ nullable: true }) assignedFen!: Fen | null;
}

@Entity('pool_assignment_line')
export class PoolAssignmentLine {
  @IdColumn({ primary: true }) assignmentId!: PoolAssignmentId;
  @IdColumn({ primary: true }) lineId!: string;
}

@Entity('pool_assignment_household')
export class PoolAssignmentHousehold {
  @IdColumn({ primary: true }) assignmentId!: PoolAssignmentId;
  @IdColumn({ primary: true }) householdId!: IdOf<'hhd'>;
  @Column('int') weight!: number;
}
