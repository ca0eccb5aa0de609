import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { LocaleWord } from './preference.rules.js';

export type UserId = IdOf<'usr'>;

/** Whoever can sign in; a phone number is one person. */
@Entity('user_account')
export class User {
  @IdColumn({ primary: true }) id!: UserId;
  /** Null once they are deleted. */
  @Column('varchar', { length: 20, nullable: true }) phone!: string | null;
  @Column('varchar', { length: 60 }) displayName!: string;
  @Column('varchar', { length: 160, nullable: true }) passwordHash!: string | null;
  /** Null while they have not said. */
  @WordColumn({ nullable: true }) locale!: LocaleWord | null;
  @Column('boolean', { default: false }) isElderMode!: boolean;
  @InstantColumn() createdAt!: Date;
  /** Null unless they have asked to be forgotten, and are. */
  @InstantColumn({ nullable: true }) deletedAt!: Date | null;
}
