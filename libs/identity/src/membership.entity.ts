import { Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import type { Role, ScopeKind } from '#platform/auth';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { UserId } from './user.entity.js';

/** A role within a division, a merchant or the whole platform. Ended, not deleted, so that the past can be explained. */
@Entity('membership')
export class Membership {
  @IdColumn({ primary: true }) id!: IdOf<'mbr'>;
  @IdColumn() userId!: UserId;
  @WordColumn() role!: Role;
  @WordColumn() scopeKind!: ScopeKind;
  @IdColumn() scopeId!: string;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}
