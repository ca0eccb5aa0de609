import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type PartnerId = IdOf<'ptn'>;
export type PartnerKeyId = IdOf<'pky'>;

export const PARTNER_STATES = ['ACTIVE', 'SUSPENDED'] as const;
export type PartnerState = (typeof PARTNER_STATES)[number];

/** A platform or operator that reports sales made elsewhere. Its code is the source of what it tells. */
@Entity('partner')
export class Partner {
  @IdColumn({ primary: true }) id!: PartnerId;
  @Column('varchar', { length: 40 }) code!: string;
  @Column('varchar', { length: 80 }) name!: string;
  @WordColumn() state!: PartnerState;
  @IdColumn() createdBy!: IdOf<'usr'>;
  @InstantColumn() createdAt!: Date;
}

/** The public half of a key pair; the other half was shown once and is kept nowhere. Several may be in force while one is changed. */
@Entity('partner_key')
export class PartnerKey {
  @IdColumn({ primary: true }) id!: PartnerKeyId;
  @IdColumn() partnerId!: PartnerId;
  @Column('varchar', { length: 80 }) publicKey!: string;
  @IdColumn() createdBy!: IdOf<'usr'>;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) revokedAt!: Date | null;
}
