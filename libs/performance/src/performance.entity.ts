import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { BigintColumn, DivisionColumn, FenColumn, IdColumn, InstantColumn } from '#platform/database';

/** How one counter did on one business day, as we ourselves know it: from its cabinet, what was sold, filled and counted, and who complained. */
@Entity('performance_day')
export class PerformanceDay {
  @IdColumn({ primary: true }) channelPointId!: IdOf<'chp'>;
  @Column('date', { primary: true }) businessDay!: string;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @DivisionColumn() countyCode!: string;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @Column('varchar', { length: 60, nullable: true }) openingHours!: string | null;
  @Column('boolean') isOpen!: boolean;
  @Column('text') slotCodes!: string;
  @InstantColumn({ nullable: true }) makeAt!: Date | null;
  @Column('int') madeCount!: number;
  @Column('boolean') isHeard!: boolean;
  @Column('boolean') isOperating!: boolean;
  @Column('int') dueMinutes!: number;
  @Column('int') unknownMinutes!: number;
  @Column('int') sellableMinutes!: number;
  @Column('int') slotMinutes!: number;
  @Column('int') emptySlotMinutes!: number;
  @Column('int') vendCount!: number;
  @Column('int') failedVendCount!: number;
  @Column('int') disputeCount!: number;
  @Column('int') expectedUnits!: number;
  @Column('int') countedUnits!: number;
  @Column('int') measuredMinutes!: number;
  @Column('int') inBandMinutes!: number;
  @Column('int') lockedUnits!: number;
  @BigintColumn() soldUnits!: bigint;
  @FenColumn() recognisedFen!: Fen;
  @Column('int') filledUnits!: number;
  @Column('date', { nullable: true }) lastSoldOn!: string | null;
  @Column('date', { nullable: true }) lastFilledOn!: string | null;
}

/** A day of which the counters that stood have been written down. */
@Entity('performance_begun')
export class PerformanceBegun {
  @Column('date', { primary: true }) businessDay!: string;
}
