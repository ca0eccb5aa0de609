import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** A one-time code on its way to a phone; only its keyed hash is kept. */
@Entity('sign_in_code')
export class SignInCode {
  @IdColumn({ primary: true }) id!: IdOf<'otc'>;
  @Column('varchar', { length: 20 }) phone!: string;
  @Column('binary', { length: 32 }) codeHash!: Buffer;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() expiresAt!: Date;
  @Column('int', { default: 0 }) failedAttempts!: number;
  @InstantColumn({ nullable: true }) consumedAt!: Date | null;
}
