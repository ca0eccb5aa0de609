import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { BigintColumn, DivisionColumn, FenColumn, IdColumn, WordColumn } from '#platform/database';
import type { VolumeChannel, VolumeSource } from './volume-fact.entity.js';

/** What every rollup sums, and so what is frozen of a month and compared at night. */
export class RollupSums {
  @FenColumn() orderedFen!: Fen;
  @FenColumn() paidFen!: Fen;
  @FenColumn() refundedFen!: Fen;
  @FenColumn() deliveredFen!: Fen;
  @FenColumn() recognisedFen!: Fen;
  @FenColumn() certifiedFen!: Fen;
  @FenColumn() subsidyFen!: Fen;
  @FenColumn() declaredFen!: Fen;
  @BigintColumn() quantity!: bigint;
  @BigintColumn() weightG!: bigint;
  @BigintColumn() factCount!: bigint;
}

/** Sums of facts by day, down to the place of sale; may be thrown away and made again, like all that follow. */
@Entity('volume_day')
export class VolumeDay {
  @Column('date', { primary: true }) day!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @IdColumn({ primary: true }) channelPointId!: string;
  @Column('boolean', { primary: true }) isCertified!: boolean;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** By month (its first day), without the place of sale. */
@Entity('volume_month')
export class VolumeMonth {
  @Column('date', { primary: true }) month!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @Column('boolean', { primary: true }) isCertified!: boolean;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** What series by day of channels and campaigns are drawn from. */
@Entity('volume_county_day')
export class VolumeCountyDay {
  @Column('date', { primary: true }) day!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @Column('boolean', { primary: true }) isCertified!: boolean;
  @IdColumn({ primary: true }) campaignCode!: string;
  @WordColumn({ primary: true }) source!: VolumeSource;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** The same by month: what most questions of a year are answered from. */
@Entity('volume_county_month')
export class VolumeCountyMonth {
  @Column('date', { primary: true }) month!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @Column('boolean', { primary: true }) isCertified!: boolean;
  @IdColumn({ primary: true }) campaignCode!: string;
  @WordColumn({ primary: true }) source!: VolumeSource;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** Each county by day: the line of a year, which channels and campaigns would make twenty times as long. */
@Entity('volume_origin_day')
export class VolumeOriginDay {
  @Column('date', { primary: true }) day!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** Each place of sale by day. */
@Entity('volume_point_day')
export class VolumePointDay {
  @Column('date', { primary: true }) day!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @IdColumn({ primary: true }) channelPointId!: string;
  @DivisionColumn({ primary: true }) saleCountyCode!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** Each place of sale by month, with the origin of what it sold. */
@Entity('volume_point_month')
export class VolumePointMonth {
  @Column('date', { primary: true }) month!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @IdColumn({ primary: true }) channelPointId!: string;
  @DivisionColumn({ primary: true }) saleCountyCode!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** What was sold to whom, and whether an agreement with households stood behind it. */
@Entity('volume_product_month')
export class VolumeProductMonth {
  @Column('date', { primary: true }) month!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @WordColumn({ primary: true }) buyerKind!: string;
  @Column('boolean', { primary: true }) isLinked!: boolean;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** Who sold. */
@Entity('volume_merchant_month')
export class VolumeMerchantMonth {
  @Column('date', { primary: true }) month!: string;
  @IdColumn({ primary: true }) merchantId!: string;
  @DivisionColumn({ primary: true }) sellerCountyCode!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @Column('boolean', { primary: true }) isLinked!: boolean;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** What each seller sold, on which day, where and to which kind of buyer: what sellers themselves look at. */
@Entity('volume_seller_day')
export class VolumeSellerDay {
  @Column('date', { primary: true }) day!: string;
  @IdColumn({ primary: true }) merchantId!: string;
  @IdColumn({ primary: true }) productId!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @WordColumn({ primary: true }) buyerKind!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** Where each seller's goods went. */
@Entity('volume_seller_month')
export class VolumeSellerMonth {
  @Column('date', { primary: true }) month!: string;
  @IdColumn({ primary: true }) merchantId!: string;
  @DivisionColumn({ primary: true }) consumptionCountyCode!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** Who bought, and where it was consumed. */
@Entity('volume_unit_month')
export class VolumeUnitMonth {
  @Column('date', { primary: true }) month!: string;
  @IdColumn({ primary: true }) unitId!: string;
  @WordColumn({ primary: true }) buyerKind!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @DivisionColumn({ primary: true }) consumptionCountyCode!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** From where to where. */
@Entity('volume_matrix_month')
export class VolumeMatrixMonth {
  @Column('date', { primary: true }) month!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @DivisionColumn({ primary: true }) consumptionCountyCode!: string;
  @WordColumn({ primary: true }) buyerKind!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** What counted in a month, by the month in which it had been paid. */
@Entity('volume_origin_month')
export class VolumeOriginMonth {
  @Column('date', { primary: true }) month!: string;
  @Column('date', { primary: true }) originMonth!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}

/** Rollers pass it together, a rebuild alone. */
@Entity('volume_gate')
export class VolumeGate {
  @WordColumn({ primary: true }) name!: string;
}
