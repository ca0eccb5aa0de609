import { Column, Entity } from 'typeorm';
import type { CertificationId } from '#libs/catalog';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type CertificationBatchId = IdOf<'cba'>;

/** One numbered announcement (批次): everything in it counts from one moment on. */
@Entity('certification_batch')
export class CertificationBatch {
  @IdColumn({ primary: true }) id!: CertificationBatchId;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @WordColumn() schemeCode!: string;
  @Column('int') batchNo!: number;
  @Column('varchar', { length: 40 }) desk!: string;
  @Column('binary', { length: 32 }) applicationDigest!: Buffer;
  @Column('int') entryCount!: number;
  @InstantColumn() validFrom!: Date;
  @IdColumn() issuedBy!: IdOf<'usr'>;
  @InstantColumn() issuedAt!: Date;
}

/** That an entry's linkage was looked at again, which carries it for another while. */
@Entity('certification_recheck')
export class CertificationRecheck {
  @IdColumn({ primary: true }) certificationId!: CertificationId;
  @InstantColumn({ primary: true }) dueAt!: Date;
  @InstantColumn() carriedTo!: Date;
  @Column('int') linkedHouseholdCount!: number;
  @Column('varchar', { length: 500 }) reason!: string;
  @IdColumn() checkedBy!: IdOf<'usr'>;
  @InstantColumn() checkedAt!: Date;
}

/** Why an entry counts no more, and since when what it said was wrong. */
@Entity('certification_revocation')
export class CertificationRevocation {
  @IdColumn({ primary: true }) certificationId!: CertificationId;
  @Column('date') wrongSinceOn!: string;
  @Column('varchar', { length: 500 }) reason!: string;
  @IdColumn() revokedBy!: IdOf<'usr'>;
  @InstantColumn() revokedAt!: Date;
}
