import { Column, Entity } from 'typeorm';
import { DivisionColumn, IdColumn, InstantColumn } from '#platform/database';

/** That an entry of the catalogue was revoked, and since when what it said was wrong. */
@Entity('volume_certificate_flag')
export class VolumeCertificateFlag {
  @IdColumn({ primary: true }) certificationId!: string;
  @IdColumn() productId!: string;
  @IdColumn() merchantId!: string;
  @DivisionColumn() originCountyCode!: string;
  @Column('date') sinceOn!: string;
  @InstantColumn() flaggedAt!: Date;
}
