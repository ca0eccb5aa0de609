import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';
import type { UserId } from './user.entity.js';

export type SessionId = IdOf<'ses'>;

/** One sign-in on one device. Refresh tokens are never stored, only their hashes. */
@Entity('session')
export class Session {
  @IdColumn({ primary: true }) id!: SessionId;
  @IdColumn() userId!: UserId;
  @Column('binary', { length: 32 }) refreshHash!: Buffer;
  @Column('binary', { length: 32, nullable: true }) previousRefreshHash!: Buffer | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() refreshedAt!: Date;
  @InstantColumn() expiresAt!: Date;
  @InstantColumn({ nullable: true }) revokedAt!: Date | null;
  @Column('varchar', { length: 200, nullable: true }) userAgent!: string | null;
}
