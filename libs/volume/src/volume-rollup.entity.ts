import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { BigintColumn, DivisionColumn, FenColumn, IdColumn, WordColumn } from '#platform/database';
import type { VolumeChannel } from './volume-fact.entity.js';

/** Sums of facts by day; may be thrown away and made again. */
@Entity('volume_day')
export class VolumeDay {
  @Column('date', { primary: true }) day!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @IdColumn({ primary: true }) channelPointId!: string;
  @Column('boolean', { primary: true }) isCertified!: boolean;
  @FenColumn() orderedFen!: Fen;
  @FenColumn() paidFen!: Fen;
  @FenColumn() refundedFen!: Fen;
  @FenColumn() deliveredFen!: Fen;
  @FenColumn() recognisedFen!: Fen;
  @BigintColumn() quantity!: bigint;
  @BigintColumn() weightG!: bigint;
  @BigintColumn() factCount!: bigint;
}

/** The same by month (its first day), without the point of sale. */
@Entity('volume_month')
export class VolumeMonth {
  @Column('date', { primary: true }) month!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @Column('boolean', { primary: true }) isCertified!: boolean;
  @FenColumn() orderedFen!: Fen;
  @FenColumn() paidFen!: Fen;
  @FenColumn() refundedFen!: Fen;
  @FenColumn() deliveredFen!: Fen;
  @FenColumn() recognisedFen!: Fen;
  @BigintColumn() quantity!: bigint;
  @BigintColumn() weightG!: bigint;
  @BigintColumn() factCount!: bigint;
}

/** Rollers pass it together, a rebuild alone. */
@Entity('volume_gate')
export class VolumeGate {
  @WordColumn({ primary: true }) name!: string;
}
