import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { ProductId } from './product.entity.js';

export type CertificationId = IdOf<'crt'>;

/** An entry in a published catalogue of recognised products. It counts from `validFrom` up to, not at, `validTo`, unless revoked. */
@Entity('certification')
export class Certification {
  @IdColumn({ primary: true }) id!: CertificationId;
  @IdColumn() productId!: ProductId;
  @WordColumn() scheme!: string;
  @Column('varchar', { length: 60 }) catalogueNo!: string;
  @Column('int') batchNo!: number;
  @Column('int') linkedPersonCount!: number;
  @FenColumn() commodityValueFen!: Fen;
  @InstantColumn() validFrom!: Date;
  @InstantColumn() validTo!: Date;
  /** How far re-checks can carry `validTo`; null: no further. */
  @InstantColumn({ nullable: true }) termEndsAt!: Date | null;
  @InstantColumn({ nullable: true }) revokedAt!: Date | null;
  /** How many days before `validTo` the last reminder of it was due; null while there was none. */
  @Column('int', { nullable: true }) remindedDays?: number | null;
}
