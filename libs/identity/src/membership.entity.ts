import { Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import type { Role, ScopeKind } from '#platform/auth';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { UserId } from './user.entity.js';

/** A role within a division, a merchant or the whole platform. Ended, not deleted, so that the past can be explained. */
@Entity('membership')
export class Membership {
  @IdColumn({ primary: true }) id!: IdOf<'mbr'>;
  @IdColumn() userId!: UserId;
  @WordColumn() role!: Role;
  @WordColumn() scopeKind!: ScopeKind;
  @IdColumn() scopeId!: string;
  /** Of a merchant's: where it is registered. Null of others, and where nobody has said. */
  @DivisionColumn({ nullable: true }) countyCode!: string | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}
