import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn } from '#platform/database';

/** Who did what to whom. Written once, never changed. */
@Entity('audit_entry')
export class AuditEntry {
  @IdColumn({ primary: true }) id!: IdOf<'aud'>;
  @IdColumn({ nullable: true }) actorId!: string | null;
  @Column('varchar', { length: 60 }) act!: string;
  @Column('varchar', { length: 80 }) subject!: string;
  @DivisionColumn({ nullable: true }) divisionCode!: string | null;
  @Column('json', { nullable: true }) detail!: object | null;
  @InstantColumn() at!: Date;
}
