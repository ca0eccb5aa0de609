import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn } from '#platform/database';

export type FreightTemplateId = IdOf<'frt'>;

/** What a merchant's parcels cost. A version is never changed; the next one takes its place at once. */
@Entity('freight_template')
export class FreightTemplateVersion {
  @IdColumn({ primary: true }) id!: FreightTemplateId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @Column('int') version!: number;
  @FenColumn({ nullable: true }) freeFromFen!: Fen | null;
  @IdColumn() setBy!: IdOf<'usr'>;
  @InstantColumn() setAt!: Date;
}

@Entity('freight_zone')
export class FreightZoneRow {
  @IdColumn({ primary: true }) templateId!: FreightTemplateId;
  @Column('int', { primary: true }) zoneNo!: number;
  /** Separated by commas; '' for everywhere that no other zone names. */
  @Column('varchar', { length: 300 }) provinceCodes!: string;
  @Column('boolean') isServed!: boolean;
  @Column('int') firstWeightG!: number;
  @FenColumn() firstFen!: Fen;
  @Column('int') additionalWeightG!: number;
  @FenColumn() additionalFen!: Fen;
}
