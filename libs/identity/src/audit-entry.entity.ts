import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** Who did what to whom. Written once, never changed. */
@Entity('audit_entry')
export class AuditEntry {
  @IdColumn({ primary: true }) id!: IdOf<'aud'>;
  @IdColumn({ nullable: true }) actorId!: string | null;
  @Column('varchar', { length: 60 }) act!: string;
  @Column('varchar', { length: 80 }) subject!: string;
  @Column('json', { nullable: true }) detail!: object | null;
  @InstantColumn() at!: Date;
}
