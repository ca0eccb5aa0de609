import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import {
  BigintColumn,
  DivisionColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  WordColumn,
} from '#platform/database';

export type VolumeFactId = IdOf<'vfa'>;

export const VOLUME_SOURCES = ['PLATFORM', 'DEVICE', 'PARTNER', 'IMPORT', 'DECLARED'] as const;
export type VolumeSource = (typeof VOLUME_SOURCES)[number];

/** What `sourceSystem` says of sales made here. */
export const OWN_SYSTEM = 'TAOYUAN';

export const VOLUME_CHANNELS = [
  'PAVILION',
  'ZONE',
  'COUNTER',
  'ONLINE',
  'PROCUREMENT',
  'FAIR',
  'UNKNOWN',
] as const;
export type VolumeChannel = (typeof VOLUME_CHANNELS)[number];

/** Something that happened to goods, as amounts to add to each measure. Written once; what is taken back is a fact of its own. */
@Entity('volume_fact')
export class VolumeFact {
  @IdColumn({ primary: true }) id!: VolumeFactId;
  @Column('varchar', { length: 160 }) factKey!: string;
  @WordColumn() source!: VolumeSource;
  @FenColumn({ default: 0 }) orderedFen!: Fen;
  @FenColumn({ default: 0 }) paidFen!: Fen;
  @FenColumn({ default: 0 }) refundedFen!: Fen;
  @FenColumn({ default: 0 }) deliveredFen!: Fen;
  @FenColumn({ default: 0 }) recognisedFen!: Fen;
  @FenColumn({ default: 0 }) subsidyFen!: Fen;
  @FenColumn({ default: 0 }) declaredFen!: Fen;
  @Column('int', { default: 0 }) quantity!: number;
  @BigintColumn({ default: 0 }) weightG!: bigint;
  @DivisionColumn() originCountyCode!: string;
  @IdColumn() productId!: string;
  @IdColumn() merchantId!: string;
  @DivisionColumn({ default: '' }) sellerCountyCode!: string;
  @WordColumn() channelKind!: VolumeChannel;
  @IdColumn() channelPointId!: string;
  @DivisionColumn() saleCountyCode!: string;
  @DivisionColumn({ default: '' }) consumptionCountyCode!: string;
  @WordColumn() buyerKind!: string;
  @IdColumn({ default: '' }) unitId!: string;
  @IdColumn({ default: '' }) campaignCode!: string;
  @Column('boolean') isCertified!: boolean;
  @IdColumn({ default: '' }) certificationId!: string;
  @IdColumn() linkageAgreementId!: string;
  @InstantColumn() eventAt!: Date;
  @Column('date') eventDay!: string;
  @Column('date') originDay!: string;
  @InstantColumn() recordedAt!: Date;
  @Column('varchar', { length: 40, default: '' }) sourceSystem!: string;
  @Column('varchar', { length: 64, default: '' }) sourceOrderNo!: string;
  @Column('varchar', { length: 64, default: '' }) sourceLineNo!: string;
  @IdColumn({ default: '' }) buyerKey!: string;
  @IdColumn({ default: '' }) addressKey!: string;
  @DivisionColumn({ default: '' }) originVillageCode!: string;
}

/** Facts that no rollup has counted yet. */
@Entity('volume_fact_waiting')
export class VolumeFactWaiting {
  @IdColumn({ primary: true }) factId!: VolumeFactId;
}

/** Facts that no integrity check has looked at yet. */
@Entity('volume_fact_unchecked')
export class VolumeFactUnchecked {
  @IdColumn({ primary: true }) factId!: VolumeFactId;
}

/** What has gone back of a line, in all. */
@Entity('volume_line_refund')
export class VolumeLineRefund {
  @IdColumn({ primary: true }) lineId!: string;
  @FenColumn() goodsFen!: Fen;
  @FenColumn() refundedFen!: Fen;
  @FenColumn() reversedFen!: Fen;
}
